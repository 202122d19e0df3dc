import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import type { Clock } from '../state/clock';
import type { Lists, LivePort, LiveStatus, Problem, Result } from '../state/ports';
import { type End, Store } from '../state/store';
import type { AlertSummary, LegId, RoomDelta, RoomSnapshot, RoomSummary } from './contracts';

const retryEvery = 2_000;
const answerWithin = 8_000;

/** Holds the one live connection to the hub, and brings it back for as long as somebody is signed in. */
export class LiveHub implements LivePort {
  readonly status: Store<LiveStatus>;
  private readonly connection: HubConnection;
  private wanted = false;
  private cancelRetry: End = () => undefined;

  constructor(
    private readonly sessions: { session(): Promise<Result<unknown>> },
    private readonly clock: Clock,
    address = '/live',
  ) {
    this.status = new Store<LiveStatus>({ kind: 'connecting', since: clock.now() });
    this.connection = new HubConnectionBuilder().withUrl(address).configureLogging(LogLevel.None).build();
    this.connection.onclose(() => {
      if (this.wanted) this.lose();
    });
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.status.set({ kind: 'connecting', since: this.clock.now() });
    void this.connect();
  }

  stop(): void {
    this.wanted = false;
    this.cancelRetry();
    void this.connection.stop();
  }

  watchRoom(code: string): Promise<Result<RoomSnapshot>> {
    return this.invoke<RoomSnapshot>('WatchRoom', code);
  }

  leaveRoom(code: string): void {
    if (this.connection.state === HubConnectionState.Connected) void this.invoke('LeaveRoom', code);
  }

  watchLists(): Promise<Result<Lists>> {
    return this.invoke<Lists>('WatchLists');
  }

  async talk(code: string, leg: LegId, held: boolean): Promise<Result<Problem | null>> {
    const answer = await this.invoke<Pick<Problem, 'code' | 'text'> | null>('Talk', code, leg, held);
    if (!answer.ok) return answer;
    return { ok: true, value: answer.value && { status: 409, code: answer.value.code, text: answer.value.text, field: null } };
  }

  onRoomDelta(handler: (delta: RoomDelta) => void): End {
    this.connection.on('roomDelta', handler);
    return () => this.connection.off('roomDelta', handler);
  }

  onRoomListed(handler: (room: RoomSummary) => void): End {
    this.connection.on('roomListed', handler);
    return () => this.connection.off('roomListed', handler);
  }

  onAlertListed(handler: (alert: AlertSummary) => void): End {
    this.connection.on('alertListed', handler);
    return () => this.connection.off('alertListed', handler);
  }

  private async connect(): Promise<void> {
    try {
      // A connection that is still going down cannot be started; stopping one that is down does nothing.
      await this.connection.stop();
      await this.connection.start();
      if (this.wanted) this.status.set({ kind: 'connected' });
      else await this.connection.stop();
    } catch {
      if (this.wanted) await this.retryUnlessSignedOut();
    }
  }

  /** A refused connection may mean that the session has ended; only the hub can tell. */
  private async retryUnlessSignedOut(): Promise<void> {
    this.lose();
    const session = await this.sessions.session();
    if (!this.wanted || !session.ok || session.value) return;
    this.stop();
    this.status.set({ kind: 'signedOut' });
  }

  private lose(): void {
    // Kept from the first moment: the screen tells how long it has been blind.
    if (this.status.value.kind === 'connected') this.status.set({ kind: 'lost', since: this.clock.now() });
    this.cancelRetry();
    this.cancelRetry = this.clock.after(retryEvery, () => void this.connect());
  }

  private async invoke<T>(method: string, ...args: unknown[]): Promise<Result<T>> {
    let cancelDeadline: End = () => undefined;
    const deadline = new Promise<never>((_, reject) => {
      cancelDeadline = this.clock.after(answerWithin, () => {
        // Open but dumb is worse than closed, because it looks alive; closed, it is brought back.
        void this.connection.stop();
        reject(new Error('No answer in time.'));
      });
    });
    try {
      return { ok: true, value: await Promise.race([this.connection.invoke<T>(method, ...args), deadline]) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    } finally {
      cancelDeadline();
    }
  }
}

/** The hub's refusal in its own words; everything else is a connection that did not carry the question. */
function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : '';
  const refusal = message.split('HubException: ', 2)[1];
  return refusal
    ? { status: 403, code: 'live.refused', text: refusal, field: null }
    : { status: 0, code: 'live.unreached', text: 'The live connection did not answer.', field: null };
}
