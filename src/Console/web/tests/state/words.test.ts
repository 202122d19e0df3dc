import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/realtime/contracts';
import { journalWords, legNames } from '../../src/state/journalWords';
import { webLink } from '../../src/state/links';
import { JournalReader } from '../../src/state/room/journalReader';
import { newRoom, emptyDraft, placeError } from '../../src/state/roomDraft';
import { parseRoute, routePath } from '../../src/state/route';
import { span } from '../../src/state/time';
import { deskCallWords, legStatusText } from '../../src/state/words';
import { leg, roomsPort } from '../fakes';

const entry = (version: number, type: string, data: string): JournalEntry => ({
  stream: 'room/4201',
  version,
  epoch: 1,
  time: '2026-03-01T11:00:00+00:00',
  actor: { kind: 'hub', agency: '', name: 'hub', role: 'administrator' },
  command: 'c',
  type,
  data,
  previousHash: '0',
  hash: '1',
});

describe('A phone that is called', () => {
  const called = { ...leg('leg-1', 'connecting'), dialled: true };

  it('is shown ringing as soon as it rings, and up when it is', () => {
    expect([called, { ...called, rings: true }, leg('leg-1')].map(legStatusText)).toEqual(['Connecting', 'Ringing', 'Up']);
  });

  it('is shown ringing where an agency waits to be asked', () => {
    expect([called, { ...called, rings: true }].map(deskCallWords)).toEqual(['Calling sip:leg-1@example', 'Ringing at sip:leg-1@example']);
  });
});

describe('A leg by which the room\'s own sound comes back', () => {
  it('is named in the record by what was heard, with the leg', () => {
    const names = { leg: () => 'Room of the county', agency: (id: string) => id };
    expect(journalWords(entry(2, 'leg.loop', '{"leg":"leg-1"}'), names)).toBe("heard the room's own sound come back by Room of the county, and took it out of the mix");
    expect(journalWords(entry(3, 'leg.loop-ended', '{"leg":"leg-1"}'), names)).toBe("heard no more of the room's own sound by Room of the county, which is in the mix again");
  });
});

describe('The record', () => {
  const joined = entry(1, 'leg.joined', '{"leg":"leg-1","party":{"name":"Engine 5"}}');
  const legs = legNames([joined]);
  const names = { leg: (id: string) => legs.get(id) ?? id, agency: (id: string) => (id === 'ctic' ? 'CTIC' : id) };

  it('calls legs and agencies by name', () => {
    expect(journalWords(entry(2, 'leg.lost', '{"leg":"leg-1","cause":"no answer"}'), names)).toBe('saw Engine 5 lost: no answer');
    expect(journalWords(entry(3, 'invite.sent', '{"agency":"ctic","purpose":null}'), names)).toBe('invited CTIC');
  });

  it('tells who was asked in and what they said', () => {
    expect(journalWords(entry(2, 'leg.asked', '{"leg":"leg-1"}'), names)).toBe('saw Engine 5 answer the phone; they are being asked');
    expect(journalWords(entry(3, 'leg.answered', '{"leg":"leg-1","answer":"listen"}'), names)).toBe('heard the answer of Engine 5: they join and only listen');
    expect(journalWords(entry(4, 'leg.mode-chosen', '{"leg":"leg-1","mode":"muted"}'), names)).toBe('heard Engine 5 choose by key: muted');
    expect(journalWords(entry(5, 'leg.dialled', '{"leg":"leg-2","party":{"name":"CTIC","address":"sip:desk@ctic"},"ask":{"purpose":"camera"}}'), names)).toBe(
      'called CTIC (sip:desk@ctic) to ask them in: camera',
    );
    expect(journalWords(entry(6, 'leg.not-dialled', '{"party":{"name":"CTIC","address":"sip:desk@ctic"},"reason":"too many"}'), names)).toBe(
      'could not call CTIC (sip:desk@ctic): too many',
    );
    expect(legNames([entry(7, 'leg.replaced', '{"leg":"leg-1","party":{"name":"Engine 6"}}')]).get('leg-1')).toBe('Engine 6');
  });

  it('says something true of entries it does not know and of details it cannot read', () => {
    expect(journalWords(entry(4, 'floor.taken-over', '{}'), names)).toBe('floor taken over');
    expect(journalWords(entry(5, 'chat.posted', 'not json'), names)).toBe('wrote: ?');
  });

  it('is read to its end, page by page, and then read on', async () => {
    const asked: number[] = [];
    let last = 700;
    const reader = new JournalReader(
      '4201',
      roomsPort({
        journal: (_, after, count) => {
          asked.push(after);
          const length = Math.min(count, last - after);
          return Promise.resolve({ ok: true, value: Array.from({ length }, (_each, at) => entry(after + at + 1, 'leg.up', '{}')) });
        },
      }),
    );
    await reader.readOn();
    last = 703;
    await reader.readOn();

    expect(asked).toEqual([0, 500, 700]);
    expect(reader.view.value.entries.map((each) => each.version)).toEqual(Array.from({ length: 703 }, (_, at) => at + 1));
    expect(reader.view.value.reading).toBe(false);
  });
});

it('links only what a browser opens as a page', () => {
  expect(webLink('https://video.example/a')).toBe('https://video.example/a');
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'rtsp://camera/1', 'camera', '', null])
    expect(webLink(address)).toBeNull();
});

it('finds the way to a place and back, and never writes a token into an address', () => {
  expect(parseRoute('/rooms/4201', '')).toEqual({ kind: 'room', code: '4201' });
  expect(parseRoute('/setup', '#secret')).toEqual({ kind: 'setup', token: 'secret' });
  expect(parseRoute('/nowhere', '')).toEqual({ kind: 'home' });
  expect(parseRoute('/rooms/%', '')).toEqual({ kind: 'home' });
  expect(routePath({ kind: 'room', code: '42/01' })).toBe('/rooms/42%2F01');
  expect(routePath({ kind: 'welcome', token: 'secret' })).toBe('/welcome');
});

it('takes half a position for none', () => {
  expect(placeError({ ...emptyDraft, latitude: 41.7 })).not.toBeNull();
  expect(newRoom({ ...emptyDraft, title: ' Fire ', type: 'Hazardous materials (gas) ', place: ' Main St ' })).toMatchObject({
    title: 'Fire',
    type: 'hazardous-materials-gas',
    place: { text: 'Main St', latitude: null, longitude: null },
  });
  expect(newRoom(emptyDraft).place).toBeNull();
  expect(newRoom({ ...emptyDraft, latitude: 0, longitude: 0 }).place).toEqual({ text: null, latitude: 0, longitude: 0 });
});

it('tells spans in what matters', () => {
  expect([0, 59_999, 185_000, 7_800_000, 273_600_000].map(span)).toEqual(['0 s', '59 s', '3 min 5 s', '2 h 10 min', '3 d 4 h']);
});
