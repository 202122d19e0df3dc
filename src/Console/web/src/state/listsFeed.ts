import type { AlertSummary, RoomSummary } from '../realtime/contracts';
import { isListedFor } from './authority';
import type { Clock } from './clock';
import type { Lists, LivePort, Problem } from './ports';
import type { Scope } from './scope';
import { type End, Store } from './store';
import { priorities } from './words';

/** The rooms and alerts of the agency; stale since a moment when they may have changed unseen. */
export type ListsView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | (Lists & { readonly kind: 'shown'; readonly staleSince: number | null });

// A connection that broke without a word looks like a quiet night. Reading the lists again proves that it answers,
// and heals a list that has missed something.
const proveEvery = 15_000;
const retryAfter = 2_000;
const alertsKept = 500;

/** Follows the list of rooms and the list of alerts. */
export class ListsFeed {
  readonly view = new Store<ListsView>({ kind: 'loading' });
  /** The alert that came last since the page was opened, to be announced. */
  readonly newest = new Store<AlertSummary | null>(null);
  private attempt = 0;
  private cancelNext: End = () => undefined;
  private sinceFetch: ((lists: Lists) => Lists)[] = [];

  constructor(
    private readonly agency: string,
    private readonly live: LivePort,
    private readonly clock: Clock,
    private readonly scope: Scope,
  ) {
    scope.add(live.onRoomListed((room) => this.change((lists) => ({ ...lists, rooms: this.withRoom(lists.rooms, room) }))));
    scope.add(live.onAlertListed((alert) => this.takeAlert(alert)));
    scope.add(live.status.subscribe(() => this.follow()));
    scope.add(() => this.cancelNext());
    this.follow();
  }

  private follow(): void {
    const status = this.live.status.value;
    switch (status.kind) {
      case 'connected':
        this.fetch();
        return;
      case 'connecting':
      case 'lost':
        this.cancelNext();
        this.markStale(status.since);
        return;
      case 'signedOut':
        this.cancelNext();
        this.markStale(this.clock.now());
        return;
    }
  }

  private fetch(): void {
    this.cancelNext();
    const attempt = ++this.attempt;
    this.sinceFetch = [];
    void this.live.watchLists().then((answer) => {
      if (attempt !== this.attempt || this.scope.ended) return;
      if (answer.ok) this.show(answer.value);
      else if (answer.problem.status === 0) this.markStale(this.clock.now());
      else this.view.set({ kind: 'refused', problem: answer.problem });
      this.cancelNext = this.clock.after(answer.ok ? proveEvery : retryAfter, () => this.proveAlive());
    });
  }

  private proveAlive(): void {
    if (this.live.status.value.kind === 'connected') this.fetch();
  }

  private show(fetched: Lists): void {
    // What was told while the answer was on its way may be newer than the answer.
    let lists: Lists = {
      rooms: fetched.rooms.filter((room) => isListedFor(this.agency, room)).sort(byUrgency),
      alerts: [...fetched.alerts].sort(newestFirst).slice(0, alertsKept),
    };
    for (const change of this.sinceFetch) lists = change(lists);
    this.sinceFetch = [];
    this.view.set({ kind: 'shown', ...lists, staleSince: null });
  }

  private change(change: (lists: Lists) => Lists): void {
    this.sinceFetch.push(change);
    const view = this.view.value;
    if (view.kind === 'shown') this.view.set({ ...view, ...change(view) });
  }

  private takeAlert(alert: AlertSummary): void {
    const view = this.view.value;
    const known = view.kind === 'shown' && view.alerts.some((each) => each.id === alert.id && each.revision >= alert.revision);
    this.change((lists) => ({ ...lists, alerts: withAlert(lists.alerts, alert) }));
    if (!known) this.newest.set(alert);
  }

  private withRoom(rooms: readonly RoomSummary[], room: RoomSummary): readonly RoomSummary[] {
    const others = rooms.filter((each) => each.code !== room.code);
    return isListedFor(this.agency, room) ? [...others, room].sort(byUrgency) : others;
  }

  private markStale(since: number): void {
    const view = this.view.value;
    if (view.kind === 'shown' && view.staleSince === null) this.view.set({ ...view, staleSince: since });
  }
}

function withAlert(alerts: readonly AlertSummary[], alert: AlertSummary): readonly AlertSummary[] {
  const known = alerts.find((each) => each.id === alert.id);
  if (known && known.revision > alert.revision) return alerts;
  return [alert, ...alerts.filter((each) => each.id !== alert.id)].sort(newestFirst).slice(0, alertsKept);
}

function byUrgency(a: RoomSummary, b: RoomSummary): number {
  return priorities.indexOf(b.priority) - priorities.indexOf(a.priority) || b.openedAt.localeCompare(a.openedAt) || a.code.localeCompare(b.code);
}

function newestFirst(a: AlertSummary, b: AlertSummary): number {
  return Date.parse(b.receivedAt) - Date.parse(a.receivedAt);
}
