import { beforeEach, describe, expect, it } from 'vitest';
import { ListsFeed } from '../../src/state/listsFeed';
import { Scope } from '../../src/state/scope';
import { alert, FakeClock, FakeLive, summary, unreached } from '../fakes';

describe('The lists', () => {
  let clock: FakeClock;
  let live: FakeLive;
  let feed: ListsFeed;

  beforeEach(() => {
    clock = new FakeClock();
    live = new FakeLive();
    feed = new ListsFeed('hpd', live, clock, new Scope());
  });

  const codes = () => (feed.view.value.kind === 'shown' ? feed.view.value.rooms.map((room) => room.code) : feed.view.value.kind);
  const alerts = () => (feed.view.value.kind === 'shown' ? feed.view.value.alerts.map((each) => each.id) : feed.view.value.kind);
  const stale = () => feed.view.value.kind === 'shown' && feed.view.value.staleSince;

  it('have the most urgent room first and the newest alert first', async () => {
    await live.listed[0]?.answer({
      rooms: [summary('1'), summary('2', { priority: 'emergency' }), summary('3', { priority: 'urgent' })],
      alerts: [alert('old'), alert('new', { receivedAt: '2026-03-01T11:30:00Z' })],
    });

    expect(codes()).toEqual(['2', '3', '1']);
    expect(alerts()).toEqual(['new', 'old']);
  });

  it('lose a room that is closed, and one that the agency was put out of', async () => {
    await live.listed[0]?.answer({ rooms: [summary('1'), summary('2', { owner: 'ctic', members: ['ctic', 'hpd'] }), summary('3')], alerts: [] });
    live.list(summary('1', { state: 'closed' }));
    live.list(summary('2', { owner: 'ctic', members: ['ctic'] }));

    expect(codes()).toEqual(['3']);
  });

  it('keep what was told while the answer was on its way', async () => {
    live.list(summary('9'));
    live.alert(alert('a', { revision: 2 }));
    await live.listed[0]?.answer({ rooms: [], alerts: [alert('a')] });

    expect(codes()).toEqual(['9']);
    expect(feed.view.value).toMatchObject({ alerts: [{ id: 'a', revision: 2 }] });
  });

  it('announce an alert once, and its update again', async () => {
    await live.listed[0]?.answer({ rooms: [], alerts: [alert('a')] });
    live.alert(alert('a'));
    expect(feed.newest.value).toBeNull();
    live.alert(alert('b'));
    expect(feed.newest.value?.id).toBe('b');
    live.alert(alert('a', { revision: 2 }));
    expect(feed.newest.value).toMatchObject({ id: 'a', revision: 2 });
  });

  it('are stale when a connection that looks alive does not answer, until it does', async () => {
    await live.listed[0]?.answer({ rooms: [], alerts: [] });
    await clock.pass(15_000);
    await live.listed[1]?.refuse(unreached);
    expect(stale()).toBe(clock.now());
    await clock.pass(2000);
    await live.listed[2]?.answer({ rooms: [summary('1')], alerts: [] });

    expect(stale()).toBeNull();
    expect(codes()).toEqual(['1']);
  });

  it('are stale while the connection is lost, and ask nothing of it', async () => {
    await live.listed[0]?.answer({ rooms: [], alerts: [] });
    live.status.set({ kind: 'lost', since: 77 });
    await clock.pass(120_000);

    expect(stale()).toBe(77);
    expect(live.listed).toHaveLength(1);
  });
});
