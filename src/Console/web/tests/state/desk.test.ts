import { expect, it } from 'vitest';
import { Desk } from '../../src/state/desk';
import { Question, FakeClock, FakeLive, leg, roomsPort, session, settled, snapshot, noVoice } from '../fakes';

const people = { directory: () => new Promise<never>(() => undefined), addPerson: () => new Promise<never>(() => undefined), phones: () => Promise.resolve({ ok: true, value: [] } as const) };

it('confirms a leg’s mode by what the room shows, and forgets the control with the leg', async () => {
  const asked = new Question<never>();
  const live = new FakeLive();
  const desk = new Desk(session, { rooms: roomsPort({ setMode: () => asked.answered }), people, live, ...noVoice }, new FakeClock());
  const putAway = desk.show('4201');
  const room = desk.shown.value;
  if (!room) throw new Error('No room is shown.');
  await live.watched[0]?.answer(snapshot(1, { legs: [leg('leg-1')] }));
  const control = room.mode(leg('leg-1'));
  control.ask('muted');
  live.tell(2, [{ kind: 'leg', leg: leg('leg-1', 'up', 'muted') }]);

  expect(control.view.value).toMatchObject({ confirmed: 'muted', pending: false });
  expect(room.mode(leg('leg-1'))).toBe(control);
  live.status.set({ kind: 'lost', since: 0 });
  live.status.set({ kind: 'connected' });
  await live.watched[1]?.answer(snapshot(9));
  expect(room.mode(leg('leg-1'))).not.toBe(control);
  putAway();
  await settled();
  expect(live.left).toEqual(['4201']);
  expect(desk.shown.value).toBeNull();
});
