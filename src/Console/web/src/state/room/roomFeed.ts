import type { RoomCode, RoomDelta, RoomSnapshot } from '../../realtime/contracts';
import type { Clock } from '../clock';
import type { LivePort, Problem } from '../ports';
import type { Scope } from '../scope';
import { type End, Store } from '../store';
import { applyChange } from './applyChange';

/** A room as far as it is known; stale since a moment when it may have changed unseen. */
export type RoomView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'shown'; readonly room: RoomSnapshot; readonly staleSince: number | null };

/** What was left out, for whoever looks into a page that shows something odd. */
export interface FeedCounts {
  readonly repeated: number;
  readonly gaps: number;
  readonly unknownChanges: number;
}

const waitingKept = 500;
const longestPause = 10_000;

/** Follows one room: a snapshot, then numbered changes; after a gap or in a new epoch another snapshot. */
export class RoomFeed {
  readonly view = new Store<RoomView>({ kind: 'loading' });
  readonly counts = new Store<FeedCounts>({ repeated: 0, gaps: 0, unknownChanges: 0 });
  private waiting: RoomDelta[] = [];
  private attempt = 0;
  private fetching = false;
  private failures = 0;
  private cancelRetry: End = () => undefined;

  constructor(
    private readonly code: RoomCode,
    private readonly live: LivePort,
    private readonly clock: Clock,
    private readonly scope: Scope,
  ) {
    scope.add(live.onRoomDelta((delta) => this.take(delta)));
    scope.add(live.status.subscribe(() => this.follow()));
    scope.add(() => this.cancelRetry());
    scope.add(() => live.leaveRoom(code));
    this.follow();
  }

  private follow(): void {
    const status = this.live.status.value;
    switch (status.kind) {
      case 'connected':
        this.failures = 0;
        this.fetch();
        return;
      case 'connecting':
      case 'lost':
        this.markStale(status.since);
        return;
      case 'signedOut':
        this.markStale(this.clock.now());
        return;
    }
  }

  private take(delta: RoomDelta): void {
    if (delta.room !== this.code) return;
    const view = this.view.value;
    if (this.fetching || view.kind !== 'shown') this.keep(delta);
    else {
      const after = this.after(view.room, delta);
      switch (after.kind) {
        case 'applied':
          this.view.set({ ...view, room: after.room });
          return;
        case 'known':
          return;
        case 'gap':
          this.keep(delta);
          this.markStale(this.clock.now());
          this.fetch();
          return;
      }
    }
  }

  private after(room: RoomSnapshot, delta: RoomDelta): { kind: 'applied'; room: RoomSnapshot } | { kind: 'known' } | { kind: 'gap' } {
    const { epoch, number } = delta.revision;
    if (epoch < room.revision.epoch || (epoch === room.revision.epoch && number <= room.revision.number)) {
      this.count({ repeated: 1 });
      return { kind: 'known' };
    }
    if (epoch !== room.revision.epoch || number !== room.revision.number + 1) {
      this.count({ gaps: 1 });
      return { kind: 'gap' };
    }
    let next = room;
    for (const change of delta.changes) {
      const changed = applyChange(next, change);
      if (changed) next = changed;
      else this.count({ unknownChanges: 1 });
    }
    return { kind: 'applied', room: { ...next, revision: delta.revision } };
  }

  private fetch(): void {
    this.cancelRetry();
    this.fetching = true;
    const attempt = ++this.attempt;
    void this.live.watchRoom(this.code).then((answer) => {
      // A newer fetch has taken over, or nobody looks any more.
      if (attempt !== this.attempt || this.scope.ended) return;
      this.fetching = false;
      if (answer.ok) this.show(answer.value);
      else if (answer.problem.status === 0) this.fetchLater();
      else this.view.set({ kind: 'refused', problem: answer.problem });
    });
  }

  /** Shows a snapshot, and what came after it while it was on its way. */
  private show(snapshot: RoomSnapshot): void {
    let room = snapshot;
    const waiting = this.waiting.sort((a, b) => a.revision.epoch - b.revision.epoch || a.revision.number - b.revision.number);
    this.waiting = [];
    for (const [index, delta] of waiting.entries()) {
      const after = this.after(room, delta);
      if (after.kind === 'applied') room = after.room;
      if (after.kind !== 'gap') continue;
      this.waiting = waiting.slice(index);
      this.view.set({ kind: 'shown', room, staleSince: this.clock.now() });
      this.fetchLater();
      return;
    }
    this.failures = 0;
    this.view.set({ kind: 'shown', room, staleSince: null });
  }

  private fetchLater(): void {
    // Deltas wait meanwhile: each of them would only find the same gap again.
    this.fetching = true;
    const pause = Math.min(1000 * 2 ** this.failures++, longestPause);
    this.cancelRetry();
    this.cancelRetry = this.clock.after(pause, () => this.fetch());
  }

  private keep(delta: RoomDelta): void {
    this.waiting.push(delta);
    if (this.waiting.length > waitingKept) this.waiting.shift();
  }

  private markStale(since: number): void {
    const view = this.view.value;
    if (view.kind === 'shown' && view.staleSince === null) this.view.set({ ...view, staleSince: since });
  }

  private count(more: Partial<FeedCounts>): void {
    const { repeated, gaps, unknownChanges } = this.counts.value;
    this.counts.set({
      repeated: repeated + (more.repeated ?? 0),
      gaps: gaps + (more.gaps ?? 0),
      unknownChanges: unknownChanges + (more.unknownChanges ?? 0),
    });
  }
}
