import type { Conditions, GuestStatus, InviteStatus, InviteTerms, InviteView, LegKind, LegStatus, LegView, LinkStatus, ResourceKind, RoomPhase } from '../realtime/contracts';
import { AgencyLevel, LegMode, Priority, RecordAspect, Role, ShareDirection } from '../realtime/contracts';

/** The words of the screen for the words of the wire, so that one thing has one name everywhere. */
export const priorities: readonly Priority[] = Priority;
export const roles: readonly Role[] = Role;
export const agencyLevels: readonly AgencyLevel[] = AgencyLevel;
export const legModes: readonly LegMode[] = LegMode;
export const shareDirections: readonly ShareDirection[] = ShareDirection;

export const priorityWords: Record<Priority, string> = { routine: 'Routine', urgent: 'Urgent', emergency: 'Emergency' };

export const phaseWords: Record<RoomPhase, string> = { open: 'Open', closing: 'Closing', closed: 'Closed' };

export const levelWords: Record<AgencyLevel, string> = { city: 'City', state: 'State', federal: 'Federal', private: 'Private' };

export const roleWords: Record<Role, string> = {
  observer: 'Observer: reads',
  integration: 'Integration: posts alerts',
  member: 'Member: takes part',
  commander: 'Commander: runs rooms',
  dispatcher: 'Dispatcher: opens and runs rooms, lends',
  administrator: 'Administrator: also people and resources',
};

export const recordAspects: readonly RecordAspect[] = RecordAspect;

/** What entries of the record are about. */
export const recordAspectWords: Record<RecordAspect, string> = {
  room: 'Room',
  invited: 'Invited',
  heard: 'Heard',
  seen: 'Seen',
  shared: 'Shared',
  refused: 'Refused',
  lost: 'Lost',
  kept: 'Kept',
};

export const legKindWords: Record<LegKind, string> = { sip: 'Phone (SIP)', radio: 'Radio channel', browser: 'Browser' };

export const legModeWords: Record<LegMode, string> = { talk: 'Talk', listen: 'Listen only', muted: 'Muted' };

export const resourceKindWords: Record<ResourceKind, string> = {
  channel: 'Radio channel',
  endpoint: 'Phone',
  number: 'Number',
  camera: 'Camera',
  sensor: 'Sensor',
};

/** Which way a lent resource is open, from where the room stands. */
export const shareDirectionWords: Record<ShareDirection, string> = { both: 'Listen and talk', listen: 'Listen only', talk: 'Talk only' };

/** How much louder or quieter than it comes a leg may be heard, in dB. */
export const mostGain = 20;

/** A gain as people read it. */
export function gainText(gain: number): string {
  return `${gain > 0 ? '+' : gain < 0 ? '−' : ''}${Math.abs(gain)} dB`;
}

/** What a dispatcher reads at a leg that is out of the mix for bringing the room's own sound back. */
export const loopWords = 'Loop: this room\'s own sound comes back by this leg';

const legStatusWords: Record<LegStatus, string> = { connecting: 'Connecting', up: 'Up', lost: 'Lost, retrying', gone: 'Gone', asking: 'Asked, waiting for a key' };

/** How a leg stands: whether a phone that is called rings is what a dispatcher wants to know before all else. */
export function legStatusText(leg: LegView): string {
  return leg.status === 'connecting' && leg.rings ? 'Ringing' : legStatusWords[leg.status];
}

/** What a party chose for itself by key. */
export const chosenWords: Record<'listen' | 'muted', string> = { listen: 'Chose to listen only', muted: 'Muted themselves' };

/** How the call goes by which an invited agency is asked. */
export function deskCallWords(call: LegView): string {
  switch (call.status) {
    case 'connecting':
      return `${call.rings ? 'Ringing at' : 'Calling'} ${call.party.address}`;
    case 'asking':
      return 'Phone answered: asked, waiting for a key';
    case 'lost':
      return `Phone not reached, calling again${call.cause ? `: ${call.cause}` : ''}`;
    case 'gone':
      return `Phone: ${call.cause ?? 'the call ended'}`;
    case 'up':
      return 'On the phone';
  }
}

export const inviteWords: Record<InviteStatus, string> = {
  pending: 'Waiting for an answer',
  accepted: 'Member',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  countered: 'Asks for conditions',
  expired: 'Not answered in time',
  ended: 'Was here until its time',
};

export const linkWords: Record<LinkStatus, string> = { open: 'Open', usedUp: 'Used up', expired: 'Expired', withdrawn: 'Withdrawn' };

export const guestWords: Record<GuestStatus, string> = { in: 'Here', left: 'Left', removed: 'Put out' };

/** On what conditions somebody takes part, but for the end, which is a time. */
export function conditionWords(conditions: Conditions): readonly string[] {
  return [...(conditions.listenOnly ? ['listens only'] : []), ...(conditions.noVideo ? ['no video'] : [])];
}

/** Whether and how long what is said is kept. */
export function retentionWords(terms: InviteTerms): string {
  return terms.recorded ? `Recorded, and kept for ${terms.keepDays} days` : 'Not recorded';
}

/** Those who are asked, beside a whole agency. */
export function inviteeWords(invite: Pick<InviteView, 'personName' | 'person' | 'role'>): string | null {
  if (invite.person !== null) return invite.personName ?? invite.person;
  return invite.role === null ? null : `${invite.role} or above`;
}

/** Types that rooms often have; any other word is as good. */
export const commonRoomTypes = [
  'Shooting',
  'Pursuit',
  'Structure fire',
  'Hazardous materials',
  'Missing person',
  'Mass casualty',
  'Severe weather',
  'Planned event',
  'Warrant service',
  'Task force',
];

/** A type as the hub keeps it, one word that playbooks and reports can match on: "Structure fire" is structure-fire. */
export function typeWord(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A type as people read it. */
export function typeText(word: string): string {
  const text = word.replaceAll('-', ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** How a line of chat came in. */
export function viaWords(via: string): string {
  return ({ console: 'console', sip: 'phone', api: 'program', link: 'guest' } as Record<string, string>)[via] ?? via;
}

/** What proves who a leg is; a trunk proves the agency and not the person. */
export function proofWords(proof: string): string {
  const [kind, name] = proof.split(':', 2);
  if (kind === 'trunk' && name) return `trunk ${name}`;
  if (kind === 'endpoint' && name) return `signed in as ${name}`;
  if (kind === 'dialled') return 'called from here';
  if (kind === 'referred') return 'called by a phone in the room';
  if (kind === 'channel') return 'lent channel';
  if (kind === 'guest') return 'came by a link';
  if (kind === 'session') return 'signed in here';
  return proof;
}
