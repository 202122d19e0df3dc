import type { LegQuality, LegView, PartyHeard, PartyHears, VoiceGrade } from '../../realtime/contracts';

const gradeWords: Record<VoiceGrade, string> = { unknown: 'not heard yet', good: 'good', fair: 'fair', poor: 'poor' };

const heardWords: Record<PartyHeard, string> = {
  heard: 'The room hears them.',
  quiet: 'They are silent, and their phone says so (comfort noise or a key).',
  notSending: 'They send nothing: they are on hold, or only listen.',
  nothing: 'No sound arrives from them now.',
  refused: 'What arrives is not from the address that their phone said, and is refused.',
  wrongKey: 'What arrives is not under the keys of this call.',
  unknownCoding: 'What arrives is in a coding that was not agreed.',
};

const hearsWords: Record<PartyHears, string> = {
  hears: 'They hear the room: their phone reports that our sound arrives.',
  nothing: 'Their phone reports that nothing more of our sound arrives.',
  unknown: 'Whether they hear the room is not known: their phone sends no reports.',
  notReported: 'Whether they hear the room is not known: the reports of their phone do not say.',
  notSent: 'They are sent nothing: they are on hold, or only talk.',
};

/** How a voice is, in a word or two: "Voice good 4.4". */
export function qualityText(quality: LegQuality): string {
  return `Voice ${gradeWords[quality.grade]}${quality.mos === null ? '' : ` ${quality.mos.toFixed(1)}`}`;
}

/** What was measured, a line each. */
export function qualityDetails(quality: LegQuality): readonly string[] {
  const figures =
    quality.mos === null
      ? []
      : [
          `Score ${quality.mos.toFixed(1)} of 4.5 (MOS by the E-model)`,
          `Loss ${percent(quality.loss)}, jitter ${quality.jitter} ms, delay ${quality.delay} ms`,
        ];
  return [
    ...figures,
    `Round trip ${quality.roundTrip === null ? 'not known' : `${quality.roundTrip} ms`}${quality.farLoss === null ? '' : `; they lose ${percent(quality.farLoss)} of our sound`}`,
    heardWords[quality.heard],
    hearsWords[quality.hears],
  ];
}

/** What a dispatcher should act on, each as a sentence that says what to do; nothing when all is well. */
export function qualityWarnings(leg: LegView): readonly string[] {
  const { quality } = leg;
  if (!quality) return [];
  const warnings: string[] = [];
  if (quality.oneWay !== 'none') warnings.push(oneWayWords(leg.party.name, quality));
  if (quality.stuckSince !== null) warnings.push(`${leg.party.name} has talked without a pause for very long: the key may be stuck. Mute them if it is.`);
  return warnings;
}

function oneWayWords(name: string, quality: LegQuality): string {
  switch (quality.oneWay) {
    case 'none':
      return '';
    case 'toParty':
      return `${name} does not hear the room: their phone reports that our sound does not arrive. Drop them and call again, or reach them another way.`;
    case 'both':
      return `No sound passes between ${name} and the room, either way. Drop them and call again, or reach them another way.`;
    case 'fromParty':
      return `The room does not hear ${name}. ${fromPartyWords(quality.heard)}`;
  }
}

function fromPartyWords(heard: PartyHeard): string {
  switch (heard) {
    case 'refused':
      return 'Their sound comes from another address than their phone said, and is refused. Drop them and call again; if it stays, their network is at fault.';
    case 'wrongKey':
      return 'Their sound is not under the keys of this call. Drop them and call again.';
    case 'unknownCoding':
      return 'Their phone sends a coding that was not agreed. Drop them and call again.';
    case 'heard':
    case 'quiet':
    case 'notSending':
    case 'nothing':
      return 'No sound arrives from their phone. Ask them to unmute; if that does not help, drop them and call again.';
  }
}

function percent(share: number): string {
  return `${share.toLocaleString(undefined, { maximumFractionDigits: 1 })} %`;
}
