import { expect, it } from 'vitest';
import { GuestVisit } from '../../src/state/guest/guestVisit';
import type { GuestPort, GuestSession, Result } from '../../src/state/ports';
import { denied, FakeClock, FakeLive, noVoice, roomsPort, settled, snapshot } from '../fakes';

const guest: GuestSession = { room: '4201', guest: 'guest-1', name: 'Jo (by link of Dana)', role: 'member', agency: 'hpd', agencyName: 'Hartford Police', agencies: [] };
const offer = { agency: 'hpd', agencyName: 'Hartford Police', invitedBy: 'Dana', for: null, purpose: null, terms: { handling: null, recorded: false, keepDays: 90 }, role: 'member', expiresAt: '' } as const;
const people = { directory: () => Promise.resolve({ ok: true, value: [] } as const), addPerson: () => new Promise<never>(() => undefined), phones: () => Promise.resolve({ ok: true, value: [] } as const) };

function visit(token: string, part: Partial<GuestPort>) {
  const live = new FakeLive();
  const port: GuestPort = {
    session: () => answer(null),
    offer: () => answer(offer),
    accept: () => answer(guest),
    decline: () => answer(undefined),
    leave: () => answer(undefined),
    ...part,
  };
  return { live, visit: new GuestVisit(token, port, () => ({ rooms: roomsPort({}), people, live, ...noVoice }), new FakeClock()) };
}

function answer<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value });
}

const me = (status: 'in' | 'removed') => ({ id: 'guest-1', name: guest.name, link: 'link-1', role: 'member', status, since: '', cause: status === 'in' ? null : 'the link was withdrawn' }) as const;

it('shows the offer, goes in on a yes, and is over the moment that the room says so', async () => {
  const { live, visit: it } = visit('4201.secret', {});
  await it.check();
  expect(it.view.value.kind).toBe('offer');
  await it.accept('Jo');
  expect(it.view.value.kind).toBe('in');
  await live.watched[0]?.answer(snapshot(1, { guests: [me('in')] }));
  live.tell(2, [{ kind: 'guest', guest: me('removed') }]);
  await settled();

  expect(it.view.value).toEqual({ kind: 'over', cause: 'the link was withdrawn' });
  expect(live.left).toEqual(['4201']);
});

it('is in at once when its page is loaded again, and asks anew for another room', async () => {
  const again = visit('4201.secret', { session: () => answer(guest), offer: () => Promise.resolve({ ok: false, problem: denied }) });
  await again.visit.check();
  expect(again.visit.view.value.kind).toBe('in');
  const other = visit('4202.secret', { session: () => answer(guest) });
  await other.visit.check();
  expect(other.visit.view.value.kind).toBe('offer');
});

it('is over when the hub no longer knows the guest', async () => {
  const { live, visit: it } = visit('4201.secret', { session: () => answer(guest) });
  await it.check();
  live.status.set({ kind: 'signedOut' });
  expect(it.view.value).toEqual({ kind: 'over', cause: null });
});
