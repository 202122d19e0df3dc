import { describe, expect, it } from 'vitest';
import type { RecordLine } from '../../src/realtime/contracts';
import { webLink } from '../../src/state/links';
import { RecordReader } from '../../src/state/room/recordReader';
import { newRoom, emptyDraft, placeError } from '../../src/state/roomDraft';
import { parseRoute, routePath } from '../../src/state/route';
import { span } from '../../src/state/time';
import { deskCallWords, legStatusText } from '../../src/state/words';
import { leg, roomsPort } from '../fakes';

const line = (version: number): RecordLine => ({
  entry: {
    stream: 'room/4201',
    version,
    epoch: 1,
    time: '2026-03-01T11:00:00+00:00',
    actor: { kind: 'hub', agency: '', name: 'hub', role: 'administrator' },
    command: 'c',
    type: 'leg.up',
    data: '{}',
    previousHash: '0',
    hash: '1',
  },
  aspect: 'heard',
  by: 'The hub',
  text: 'saw Car 12 connected',
  presence: [],
  withheld: false,
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

describe('The record', () => {
  it('is read to its end, page by page, and then read on', async () => {
    const asked: number[] = [];
    let last = 700;
    const reader = new RecordReader(
      '4201',
      roomsPort({
        record: (_, after, count) => {
          asked.push(after);
          const length = Math.min(count, last - after);
          return Promise.resolve({ ok: true, value: Array.from({ length }, (_each, at) => line(after + at + 1)) });
        },
      }),
    );
    await reader.readOn();
    last = 703;
    await reader.readOn();

    expect(asked).toEqual([0, 500, 700]);
    expect(reader.view.value.lines.map((each) => each.entry.version)).toEqual(Array.from({ length: 703 }, (_, at) => at + 1));
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
