import { expect, it } from 'vitest';
import type { RoomChange } from '../../src/realtime/contracts';
import { applyChange } from '../../src/state/room/applyChange';
import { alert, leg, snapshot } from '../fakes';

const share = { id: 'share-1', resource: 'hpd/north', name: 'North', leg: 'leg-1', lentBy: 'Dana', kind: 'channel' as const, direction: 'both' as const, ends: null, conditions: null, lentAt: '2026-03-01T11:00:00Z' };
const video = { id: 'video-1', title: 'Gate', url: 'https://example/', agency: 'hpd', postedBy: 'Dana', at: '2026-03-01T11:00:00Z', share: null };
const line = (id: string) => ({ id, from: 'Dana', agency: 'hpd', via: 'console', leg: null, text: id, at: '2026-03-01T11:00:00Z', undelivered: [] });

function after(...changes: readonly RoomChange[]) {
  let room = snapshot(1);
  for (const change of changes) {
    const next = applyChange(room, change);
    if (next === null) throw new Error(`${change.kind} is not known.`);
    room = next;
  }
  return room;
}

it('puts a header where the header and its short forms are', () => {
  const header = { ...snapshot(1).header, title: 'Larger fire', state: 'closing' as const };
  expect(after({ kind: 'header', header })).toMatchObject({ header, title: 'Larger fire', state: 'closing' });
});

it('replaces in place what has the same id, and adds what has a new one', () => {
  const room = after(
    { kind: 'leg', leg: leg('leg-1') },
    { kind: 'leg', leg: leg('leg-2') },
    { kind: 'leg', leg: leg('leg-1', 'lost') },
  );
  expect(room.legs.map((each) => `${each.id} ${each.status}`)).toEqual(['leg-1 lost', 'leg-2 up']);
});

it('takes away what is gone', () => {
  const room = after({ kind: 'share', share }, { kind: 'video', video }, { kind: 'shareGone', share: 'share-1' }, { kind: 'videoGone', video: 'video-1' });
  expect(room.shares).toEqual([]);
  expect(room.videos).toEqual([]);
});

it('marks the line that did not arrive, and updates the alert that changed', () => {
  const failed = { ...line('line-1'), undelivered: [{ leg: 'leg-1', name: 'Engine 5', cause: '408' }] };
  const room = after(
    { kind: 'chat', line: line('line-1') },
    { kind: 'chat', line: failed },
    { kind: 'alert', alert: alert('a') },
    { kind: 'alert', alert: alert('a', { revision: 2, cancelled: true }) },
  );
  expect(room.chat).toEqual([failed]);
  expect(room.alerts).toMatchObject([{ revision: 2, cancelled: true }]);
});

it('keeps the newest of what would grow without end', () => {
  const lines = Array.from({ length: 510 }, (_, at): RoomChange => ({ kind: 'chat', line: line(`line-${at}`) }));
  const gone = Array.from({ length: 210 }, (_, at): RoomChange => ({ kind: 'leg', leg: leg(`leg-${at}`, 'gone') }));
  const room = after({ kind: 'leg', leg: leg('here') }, ...lines, ...gone);

  expect(room.chat).toHaveLength(500);
  expect(room.chat[0]?.id).toBe('line-10');
  expect(room.legs).toHaveLength(201);
  expect(room.legs[0]?.id).toBe('here');
  expect(room.legs[1]?.id).toBe('leg-10');
});
