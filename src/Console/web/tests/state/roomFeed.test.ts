import { beforeEach, describe, expect, it } from 'vitest';
import type { RoomChange, RoomSnapshot } from '../../src/realtime/contracts';
import { RoomFeed } from '../../src/state/room/roomFeed';
import { Scope } from '../../src/state/scope';
import { denied, FakeClock, FakeLive, leg, settled, snapshot, unreached } from '../fakes';

const talks = (...ids: string[]): RoomChange => ({ kind: 'sound', talking: ids, floor: null });

describe('A room feed', () => {
  let clock: FakeClock;
  let live: FakeLive;
  let scope: Scope;
  let feed: RoomFeed;

  beforeEach(() => {
    clock = new FakeClock();
    live = new FakeLive();
    scope = new Scope();
    feed = new RoomFeed('4201', live, clock, scope);
  });

  const shown = (): RoomSnapshot => {
    const view = feed.view.value;
    if (view.kind !== 'shown') throw new Error(`The view is ${view.kind}.`);
    return view.room;
  };
  const stale = () => feed.view.value.kind === 'shown' && feed.view.value.staleSince;

  it('applies the changes that follow its snapshot', async () => {
    await live.watched[0]?.answer(snapshot(7));
    live.tell(8, [{ kind: 'leg', leg: leg('leg-1') }]);
    live.tell(9, [talks('leg-1'), { kind: 'leg', leg: leg('leg-1', 'lost') }]);

    expect(shown().revision).toEqual({ epoch: 1, number: 9 });
    expect(shown().legs.map((each) => each.status)).toEqual(['lost']);
    expect(shown().talking).toEqual(['leg-1']);
  });

  it('leaves repeated and late changes out, and counts them', async () => {
    await live.watched[0]?.answer(snapshot(7));
    live.tell(8, [talks('leg-1')]);
    live.tell(8, [talks('leg-2')]);
    live.tell(6, [talks('leg-3')]);

    expect(shown().talking).toEqual(['leg-1']);
    expect(feed.counts.value.repeated).toBe(2);
    expect(live.watched).toHaveLength(1);
  });

  it('applies what came while the snapshot was on its way, in order and once', async () => {
    live.tell(9, [talks('leg-9')]);
    live.tell(8, [talks('leg-8')]);
    live.tell(7, [talks('leg-7')]);
    await live.watched[0]?.answer(snapshot(7));

    expect(shown().revision.number).toBe(9);
    expect(shown().talking).toEqual(['leg-9']);
    expect(feed.counts.value.repeated).toBe(1);
  });

  it('shows itself stale after a gap until another snapshot has come', async () => {
    await live.watched[0]?.answer(snapshot(7));
    live.tell(9, [talks('leg-1')]);

    expect(stale()).toBe(clock.now());
    expect(live.watched).toHaveLength(2);
    live.tell(10, [talks('leg-2')]);
    await live.watched[1]?.answer(snapshot(9));
    expect(stale()).toBeNull();
    expect(shown().revision.number).toBe(10);
    expect(shown().talking).toEqual(['leg-2']);
  });

  it('fetches a snapshot in a new epoch, and takes nothing from the old one', async () => {
    await live.watched[0]?.answer(snapshot(70));
    live.tell(1, [talks('leg-1')], 2);
    await live.watched[1]?.answer(snapshot(1, {}, 2));
    live.tell(71, [talks('leg-old')], 1);
    live.tell(2, [talks('leg-new')], 2);

    expect(shown().revision).toEqual({ epoch: 2, number: 2 });
    expect(shown().talking).toEqual(['leg-new']);
  });

  it('asks again, with growing pauses, when a snapshot is older than what it has missed', async () => {
    live.tell(20, [talks('leg-1')]);
    await live.watched[0]?.answer(snapshot(7));
    expect(stale()).not.toBeNull();
    await clock.pass(999);
    expect(live.watched).toHaveLength(1);
    await clock.pass(1);
    await live.watched[1]?.answer(snapshot(7));
    await clock.pass(1999);
    expect(live.watched).toHaveLength(2);
    await clock.pass(1);
    await live.watched[2]?.answer(snapshot(19));

    expect(stale()).toBeNull();
    expect(shown().revision.number).toBe(20);
  });

  it('counts a kind of change that it does not know, and applies the others', async () => {
    await live.watched[0]?.answer(snapshot(7));
    live.tell(8, [{ kind: 'weather', wind: 3 } as unknown as RoomChange, talks('leg-1')]);

    expect(feed.counts.value.unknownChanges).toBe(1);
    expect(shown().talking).toEqual(['leg-1']);
    expect(shown().revision.number).toBe(8);
  });

  it('is stale from the moment the connection was lost, and fresh only with a new snapshot', async () => {
    await live.watched[0]?.answer(snapshot(7));
    live.status.set({ kind: 'lost', since: 1234 });
    expect(stale()).toBe(1234);
    live.status.set({ kind: 'connected' });
    expect(stale()).toBe(1234);
    await live.watched[1]?.answer(snapshot(50));

    expect(stale()).toBeNull();
  });

  it('ignores the answer to a question that was asked before the connection broke', async () => {
    live.status.set({ kind: 'lost', since: 1234 });
    live.status.set({ kind: 'connected' });
    await live.watched[1]?.answer(snapshot(50));
    await live.watched[0]?.answer(snapshot(7));

    expect(shown().revision.number).toBe(50);
  });

  it('keeps asking while the hub is not reached', async () => {
    await live.watched[0]?.refuse(unreached);
    expect(feed.view.value.kind).toBe('loading');
    await clock.pass(1000);
    await live.watched[1]?.answer(snapshot(7));

    expect(shown().revision.number).toBe(7);
  });

  it('shows why it may not see the room', async () => {
    await live.watched[0]?.refuse(denied);

    expect(feed.view.value).toEqual({ kind: 'refused', problem: denied });
    expect(live.watched).toHaveLength(1);
  });

  it('leaves the room and lets go of everything when its scope ends', async () => {
    live.tell(20, [talks('leg-1')]);
    await live.watched[0]?.answer(snapshot(7));
    scope.end();
    await clock.pass(60_000);
    await settled();

    expect(live.left).toEqual(['4201']);
    expect(live.listeners).toBe(0);
    expect(live.watched).toHaveLength(1);
  });

  it('takes no other room’s changes', async () => {
    await live.watched[0]?.answer(snapshot(7, { code: '4201' }));
    live.tell(8, [talks('leg-1')]);
    const other = new RoomFeed('4202', live, clock, scope);
    live.tell(9, [talks('leg-2')]);

    expect(other.view.value.kind).toBe('loading');
    expect(shown().revision.number).toBe(9);
  });
});
