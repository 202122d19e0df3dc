import type { LinkOffer } from '../../realtime/contracts';
import type { Clock } from '../clock';
import { Desk, type HubPorts } from '../desk';
import type { GuestPort, GuestSession, Problem, Result } from '../ports';
import { Scope } from '../scope';
import { Store } from '../store';

/** How far somebody who follows a link has come. */
export type GuestView =
  | { readonly kind: 'checking' }
  | { readonly kind: 'offer'; readonly offer: LinkOffer }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'declined' }
  | { readonly kind: 'in'; readonly desk: Desk; readonly room: string }
  | { readonly kind: 'over'; readonly cause: string | null };

/** One visit by a link: what it offers, the answer, and the room until it is over. */
export class GuestVisit {
  readonly view = new Store<GuestView>({ kind: 'checking' });
  private scope = new Scope();

  constructor(
    private readonly token: string,
    private readonly port: GuestPort,
    private readonly hub: (session: GuestSession) => HubPorts,
    private readonly clock: Clock,
  ) {}

  /** A page that is loaded again is in at once; a link to another room is a new question. */
  async check(): Promise<void> {
    this.view.set({ kind: 'checking' });
    const session = await this.port.session();
    if (!session.ok) this.view.set({ kind: 'refused', problem: session.problem });
    else if (session.value !== null && (this.token === '' || this.token.startsWith(`${session.value.room}.`))) this.begin(session.value);
    else await this.ask();
  }

  async accept(name: string): Promise<Result<GuestSession>> {
    const answer = await this.port.accept(this.token, name);
    if (answer.ok) this.begin(answer.value);
    return answer;
  }

  async decline(reason: string | null): Promise<Result<void>> {
    const answer = await this.port.decline(this.token, reason);
    if (answer.ok) this.view.set({ kind: 'declined' });
    return answer;
  }

  async leave(): Promise<Result<void>> {
    const answer = await this.port.leave();
    if (answer.ok) this.end('You left the room.');
    return answer;
  }

  /** Leaves the room's voice: the page is going. */
  leaveVoices(): void {
    if (this.view.value.kind === 'in') this.view.value.desk.voices.end();
  }

  private async ask(): Promise<void> {
    const offer = await this.port.offer(this.token);
    this.view.set(offer.ok ? { kind: 'offer', offer: offer.value } : { kind: 'refused', problem: offer.problem });
  }

  private begin(guest: GuestSession): void {
    this.scope.end();
    const scope = new Scope();
    this.scope = scope;
    const hub = this.hub(guest);
    const { name, agency, agencyName, role } = guest;
    const desk = new Desk({ name, email: '', agency, agencyName, role, id: guest.guest }, hub, this.clock);
    scope.add(() => desk.end());
    scope.add(desk.show(guest.room));
    const feed = desk.shown.value?.feed.view;
    if (feed)
      scope.add(
        feed.subscribe(() => {
          const shown = feed.value;
          if (shown.kind === 'refused') this.end(shown.problem.text);
          if (shown.kind !== 'shown') return;
          const own = shown.room.guests.find((each) => each.id === guest.guest);
          if (own && own.status !== 'in') this.end(own.cause);
        }),
      );
    scope.add(
      hub.live.status.subscribe(() => {
        if (hub.live.status.value.kind === 'signedOut') this.end(null);
      }),
    );
    this.view.set({ kind: 'in', desk, room: guest.room });
  }

  private end(cause: string | null): void {
    if (this.view.value.kind === 'over') return;
    this.view.set({ kind: 'over', cause });
    this.scope.end();
  }
}
