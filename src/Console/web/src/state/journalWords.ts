import type { JournalEntry } from '../realtime/contracts';
import { legModeWords } from './words';

type Details = Readonly<Record<string, unknown>>;

/** What an entry says happened, in plain words. */
export function journalWords(entry: JournalEntry): string {
  const details = read(entry.data);
  const words = sentences[entry.type];
  return words ? words(details) : entry.type.replaceAll(/[.-]/g, ' ');
}

const sentences: Record<string, (details: Details) => string> = {
  'room.opened': (d) => `opened the room “${text(d, 'terms', 'title')}”`,
  'room.changed': () => 'changed what the room is, from the provisioning file',
  'room.reopened': () => 'opened the closed room again, from the provisioning file',
  'room.resumed': (d) => `brought the room up again; ${count(d, 'legs')} connection(s) to bring back`,
  'room.closing': (d) => `asked to close the room${because(d, 'reason')}`,
  'room.closing-undone': () => 'took the closing back',
  'room.closed': () => 'closed the room for good',
  'invite.sent': (d) => `invited ${text(d, 'agency')}${because(d, 'purpose')}`,
  'invite.answered': (d) => `${d.accepted === true ? 'accepted' : 'declined'} the invitation${because(d, 'reason')}`,
  'invite.withdrawn': (d) => `withdrew invitation ${text(d, 'invite')}`,
  'share.lent': (d) => `lent channel ${text(d, 'channel', 'name')}`,
  'share.not-lent': (d) => `could not lend channel ${text(d, 'name')}${because(d, 'reason')}`,
  'share.withdrawn': (d) => `withdrew ${text(d, 'share')}`,
  'leg.joined': (d) => `let ${text(d, 'party', 'name')} in as ${text(d, 'leg')}`,
  'leg.dialled': (d) => `called ${text(d, 'party', 'name')} (${text(d, 'party', 'address')}) as ${text(d, 'leg')}`,
  'leg.up': (d) => `saw ${text(d, 'leg')} connected`,
  'leg.lost': (d) => `saw ${text(d, 'leg')} lost${because(d, 'cause')}`,
  'leg.left': (d) => `saw ${text(d, 'leg')} leave${because(d, 'cause')}`,
  'leg.dropped': (d) => `dropped ${text(d, 'leg')}${because(d, 'cause')}`,
  'leg.mode-set': (d) => `set ${text(d, 'leg')} to ${mode(text(d, 'mode'))}`,
  'chat.posted': (d) => `wrote: ${text(d, 'text')}`,
  'chat.undelivered': (d) => `saw line ${text(d, 'line')} not reach ${text(d, 'name')}${because(d, 'cause')}`,
  'video.posted': (d) => `added video “${text(d, 'title')}”: ${text(d, 'url')}`,
  'video.removed': (d) => `removed ${text(d, 'video')}`,
  'alert.attached': (d) => `brought in alert “${text(d, 'alert', 'headline')}”`,
};

function mode(word: string): string {
  return (legModeWords as Record<string, string>)[word]?.toLowerCase() ?? word;
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
