import { describe, expect, it } from 'vitest';
import { OneWay, PartyHeard, PartyHears, VoiceGrade, type LegQuality } from '../../src/realtime/contracts';
import { qualityDetails, qualityText, qualityWarnings } from '../../src/state/room/quality';
import { gainText } from '../../src/state/words';
import { leg, quality } from '../fakes';

const warned = (part: Partial<LegQuality>) => qualityWarnings({ ...leg('leg-1'), quality: { ...quality, ...part } });

describe('The quality of a leg', () => {
  it('is a word and a score, with every figure behind it', () => {
    expect(qualityText(quality)).toBe('Voice good 4.4');
    expect(qualityDetails(quality)).toEqual([
      'Score 4.4 of 4.5 (MOS by the E-model)',
      'Loss 0.2 %, jitter 3 ms, delay 52 ms',
      'Round trip 24 ms; they lose 0 % of our sound',
      'The room hears them.',
      'They hear the room: their phone reports that our sound arrives.',
    ]);
  });

  it('claims nothing that was not measured', () => {
    const unmeasured = { ...quality, grade: 'unknown', mos: null, roundTrip: null, farLoss: null, heard: 'nothing', hears: 'unknown' } as const;
    expect(qualityText(unmeasured)).toBe('Voice not heard yet');
    expect(qualityDetails(unmeasured)).toEqual([
      'Round trip not known',
      'No sound arrives from them now.',
      'Whether they hear the room is not known: their phone sends no reports.',
    ]);
  });

  it('warns in sentences that say what to do, and of nothing else', () => {
    expect(warned({})).toEqual([]);
    expect(warned({ grade: 'poor', mos: 1.9 })).toEqual([]);
    expect(warned({ oneWay: 'fromParty', heard: 'nothing' })).toEqual([
      'The room does not hear Caller leg-1. No sound arrives from their phone. Ask them to unmute; if that does not help, drop them and call again.',
    ]);
    expect(warned({ oneWay: 'toParty', hears: 'nothing' })[0]).toMatch(/^Caller leg-1 does not hear the room: .* Drop them and call again/);
    expect(warned({ stuckSince: '2026-03-01T11:00:00Z' })[0]).toMatch(/the key may be stuck\. Mute them/);
    for (const oneWay of OneWay)
      for (const heard of PartyHeard)
        for (const hears of PartyHears) expect(warned({ oneWay, heard, hears })).toHaveLength(oneWay === 'none' ? 0 : 1);
    for (const grade of VoiceGrade) expect(qualityText({ ...quality, grade })).toMatch(/^Voice [a-z ]+ 4\.4$/);
  });

  it('has a gain with its sign', () => {
    expect([-6, 0, 3].map(gainText)).toEqual(['−6 dB', '0 dB', '+3 dB']);
  });
});
