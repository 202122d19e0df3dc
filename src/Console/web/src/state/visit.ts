import type { Clock } from './clock';
import { Desk, type HubPorts } from './desk';
import type { FirstAdministrator, Problem, Result, Session, SessionPort } from './ports';
import { Scope } from './scope';
import { Store } from './store';

/** Whether somebody is signed in. */
export type VisitView =
  | { readonly kind: 'checking' }
  | { readonly kind: 'unreachable'; readonly problem: Problem }
  | { readonly kind: 'signedOut'; readonly expired: boolean }
  | { readonly kind: 'signedIn'; readonly desk: Desk };

/** One visit to the console, from the first look to signing out. */
export class Visit {
  readonly view = new Store<VisitView>({ kind: 'checking' });
  private scope = new Scope();

  constructor(
    private readonly port: SessionPort,
    private readonly hub: HubPorts,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    this.view.set({ kind: 'checking' });
    const answer = await this.port.session();
    if (!answer.ok) this.view.set({ kind: 'unreachable', problem: answer.problem });
    else if (answer.value) this.begin(answer.value);
    else this.leave(false);
  }

  async signIn(email: string, password: string): Promise<Result<Session>> {
    return this.beginWith(await this.port.signIn(email, password));
  }

  async setUp(first: FirstAdministrator): Promise<Result<Session>> {
    return this.beginWith(await this.port.setUp(first));
  }

  async welcome(token: string, password: string): Promise<Result<Session>> {
    return this.beginWith(await this.port.welcome(token, password));
  }

  async signOut(): Promise<Result<void>> {
    const answer = await this.port.signOut();
    if (answer.ok) this.leave(false);
    return answer;
  }

  /** Leaves every room's voice: the page is going. */
  leaveVoices(): void {
    if (this.view.value.kind === 'signedIn') this.view.value.desk.voices.end();
  }

  private beginWith(answer: Result<Session>): Result<Session> {
    if (answer.ok) this.begin(answer.value);
    return answer;
  }

  private begin(session: Session): void {
    this.scope.end();
    const scope = new Scope();
    this.scope = scope;
    const desk = new Desk(session, this.hub, this.clock);
    scope.add(() => desk.end());
    const { status } = this.hub.live;
    scope.add(
      status.subscribe(() => {
        if (status.value.kind === 'signedOut') this.leave(true);
      }),
    );
    this.view.set({ kind: 'signedIn', desk });
  }

  private leave(expired: boolean): void {
    this.scope.end();
    this.view.set({ kind: 'signedOut', expired });
  }
}
