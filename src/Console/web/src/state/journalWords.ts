import type { JournalEntry } from '../realtime/contracts';
import { gainText, legAnswerWords, legModeWords } from './words';

type Details = Readonly<Record<string, unknown>>;

/** How the record's ids are called on the screen. */
export interface Names {
  leg(id: string): string;
  agency(id: string): string;
}

/** What an entry says happened, in plain words. */
export function journalWords(entry: JournalEntry, names: Names): string {
  const details = read(entry.data);
  const words = sentences[entry.type];
  return words ? words(details, names) : entry.type.replaceAll(/[.-]/g, ' ');
}

/** What the legs are called, as the entries that brought them in say. */
export function legNames(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const entry of entries) {
    if (!naming.has(entry.type)) continue;
    const details = read(entry.data);
    names.set(text(details, 'leg'), text(details, entry.type === 'share.lent' ? 'channel' : 'party', 'name'));
  }
  return names;
}

/** The entries that say what a leg is called from then on. */
const naming = new Set(['leg.joined', 'leg.rejoined', 'leg.replaced', 'leg.dialled', 'share.lent']);

const sentences: Record<string, (details: Details, names: Names) => string> = {
  'room.opened': (d) => `opened the room “${text(d, 'terms', 'title')}”`,
  'room.changed': () => 'changed what the room is, from the provisioning file',
  'room.reopened': () => 'opened the closed room again, from the provisioning file',
  'room.resumed': (d) => `brought the room up again; ${count(d, 'legs')} connection(s) to bring back`,
  'room.closing': (d) => `asked to close the room${because(d, 'reason')}`,
  'room.closing-undone': () => 'took the closing back',
  'room.closed': () => 'closed the room for good',
  'invite.sent': (d, names) => `invited ${names.agency(text(d, 'agency'))}${because(d, 'purpose')}`,
  'invite.answered': (d) => `${d.accepted === true ? 'accepted' : 'declined'} the invitation${because(d, 'reason')}`,
  'invite.withdrawn': (d) => `withdrew invitation ${text(d, 'invite')}`,
  'share.lent': (d) => `lent channel ${text(d, 'channel', 'name')}`,
  'share.not-lent': (d) => `could not lend channel ${text(d, 'name')}${because(d, 'reason')}`,
  'share.withdrawn': (d, names) => `withdrew channel ${names.leg(text(d, 'leg'))}`,
  'leg.joined': (d) => `called in, from ${text(d, 'party', 'address')}`,
  'leg.rejoined': (d) => `called in again, from ${text(d, 'party', 'address')}`,
  'leg.replaced': (d) => `took over the call of ${text(d, 'party', 'name')}, from ${text(d, 'party', 'address')}`,
  'leg.dialled': (d) => `called ${text(d, 'party', 'name')} (${text(d, 'party', 'address')})${isDetails(d.ask) ? ` to ask them in${because(d.ask, 'purpose')}` : ''}`,
  'leg.not-dialled': (d) => `could not call ${text(d, 'party', 'name')} (${text(d, 'party', 'address')})${because(d, 'reason')}`,
  'leg.asked': (d, names) => `saw ${names.leg(text(d, 'leg'))} answer the phone; they are being asked`,
  'leg.answered': (d, names) => `heard the answer of ${names.leg(text(d, 'leg'))}: ${answer(text(d, 'answer'))}`,
  'leg.up': (d, names) => `saw ${names.leg(text(d, 'leg'))} connected`,
  'leg.focus': (d, names) => `saw that ${names.leg(text(d, 'leg'))} is another system's room, ${text(d, 'focus')}`,
  'leg.loop': (d, names) => `heard the room's own sound come back by ${names.leg(text(d, 'leg'))}, and took it out of the mix`,
  'leg.loop-ended': (d, names) => `heard no more of the room's own sound by ${names.leg(text(d, 'leg'))}, which is in the mix again`,
  'leg.lost': (d, names) => `saw ${names.leg(text(d, 'leg'))} lost${because(d, 'cause')}`,
  'leg.left': (d, names) => `saw ${names.leg(text(d, 'leg'))} leave${because(d, 'cause')}`,
  'leg.dropped': (d, names) => `dropped ${names.leg(text(d, 'leg'))}${because(d, 'cause')}`,
  'leg.mode-set': (d, names) => `set ${names.leg(text(d, 'leg'))} to ${mode(text(d, 'mode'))}`,
  'leg.gain-set': (d, names) => `had ${names.leg(text(d, 'leg'))} heard at ${gainText(Number(text(d, 'gain')))}`,
  'leg.mode-chosen': (d, names) => `heard ${names.leg(text(d, 'leg'))} choose by key: ${mode(text(d, 'mode'))}`,
  'chat.posted': (d) => `wrote: ${text(d, 'text')}`,
  'chat.undelivered': (d) => `saw line ${text(d, 'line')} not reach ${text(d, 'name')}${because(d, 'cause')}`,
  'video.posted': (d) => `added video “${text(d, 'title')}”: ${text(d, 'url')}`,
  'video.removed': (d) => `removed ${text(d, 'video')}`,
  'recording.started': () => 'began to record the room',
  'recording.stopped': () => 'stopped recording the room',
  'recording.failed': (d) => `could not record the room${because(d, 'cause')}`,
  'recording.segments': (d) => `kept ${count(d, 'segments')} recording(s)`,
  'recording.heard': (d) => `was given recording ${text(d, 'segment').slice(0, 8)} to hear`,
  'recording.held': (d) => `put a legal hold on the recordings${because(d, 'reason')}`,
  'recording.released': (d) => `released the legal hold on the recordings${because(d, 'reason')}`,
  'recording.deleted': (d) => `deleted ${count(d, 'segments')} recording(s)${because(d, 'reason')}`,
  'alert.attached': (d) => `brought in alert “${text(d, 'alert', 'headline')}”`,
};

function mode(word: string): string {
  return (legModeWords as Record<string, string>)[word]?.toLowerCase() ?? word;
}

function answer(word: string): string {
  return legAnswerWords[word] ?? word;
}

function read(data: string): Details {
  try {
    const value: unknown = JSON.parse(data);
    return isDetails(value) ? value : {};
  } catch {
    // The record shows what it holds; details that are no JSON are shown as they are, below the sentence.
    return {};
  }
}

function isDetails(value: unknown): value is Details {
  return typeof value === 'object' && value !== null;
}

function text(details: Details, ...path: string[]): string {
  let value: unknown = details;
  for (const name of path) value = isDetails(value) ? value[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

function count(details: Details, name: string): number {
  const list = details[name];
  return Array.isArray(list) ? list.length : 0;
}

function because(details: Details, name: string): string {
  const reason = details[name];
  return typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
}
