import type {
  AlertSummary,
  InviteView,
  LegMode,
  LegStatus,
  LegQuality,
  LegView,
  RoomChange,
  RoomDelta,
  RoomSnapshot,
  RoomSummary,
} from '../src/realtime/contracts';
import type { Clock } from '../src/state/clock';
import type { AudioPort, LineStatus, Lists, LivePort, LiveStatus, Problem, Relays, Result, RoomsPort, Session, VoiceLine, VoicePlace, VoicePort } from '../src/state/ports';
import { type End, Store } from '../src/state/store';

/** A clock that stands still until a test turns it. */
export class FakeClock implements Clock {
  private time = Date.parse('2026-03-01T12:00:00Z');
  private timers: { at: number; then: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, then: () => void): End {
    const timer = { at: this.time + milliseconds, then };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = next.at;
      this.timers = this.timers.filter((timer) => timer !== next);
      next.then();
      await settled();
    }
    this.time = until;
    await settled();
  }
}

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** A question that the test answers when it likes. */
export class Question<T> {
  readonly answered: Promise<Result<T>>;
  private resolve: (answer: Result<T>) => void = () => undefined;

  constructor() {
    this.answered = new Promise((resolve) => (this.resolve = resolve));
  }

  async answer(value: T): Promise<void> {
    this.resolve({ ok: true, value });
    await settled();
  }

  async refuse(problem: Problem): Promise<void> {
    this.resolve({ ok: false, problem });
    await settled();
  }
}

export const unreached: Problem = { status: 0, code: 'live.unreached', text: 'Not reached.', field: null };
export const denied: Problem = { status: 403, code: 'room.denied', text: 'You may not.', field: null };

/** A live connection that says what the test lets it say. */
export class FakeLive implements LivePort {
  readonly status = new Store<LiveStatus>({ kind: 'connected' });
  readonly watched: Question<RoomSnapshot>[] = [];
  readonly listed: Question<Lists>[] = [];
  readonly left: string[] = [];
  private readonly deltas = new Set<(delta: RoomDelta) => void>();
  private readonly rooms = new Set<(room: RoomSummary) => void>();
  private readonly alerts = new Set<(alert: AlertSummary) => void>();

  start(): void {
    this.status.set({ kind: 'connected' });
  }

  stop(): void {
    this.status.set({ kind: 'lost', since: 0 });
  }

  watchRoom(): Promise<Result<RoomSnapshot>> {
    const question = new Question<RoomSnapshot>();
    this.watched.push(question);
    return question.answered;
  }

  watchLists(): Promise<Result<Lists>> {
    const question = new Question<Lists>();
    this.listed.push(question);
    return question.answered;
  }

  readonly talked: { held: boolean; question: Question<Problem | null> }[] = [];

  talk(_code: string, _leg: string, held: boolean): Promise<Result<Problem | null>> {
    const question = new Question<Problem | null>();
    this.talked.push({ held, question });
    return question.answered;
  }

  leaveRoom(code: string): void {
    this.left.push(code);
  }

  onRoomDelta(handler: (delta: RoomDelta) => void): End {
    return join(this.deltas, handler);
  }

  onRoomListed(handler: (room: RoomSummary) => void): End {
    return join(this.rooms, handler);
  }

  onAlertListed(handler: (alert: AlertSummary) => void): End {
    return join(this.alerts, handler);
  }

  tell(number: number, changes: readonly RoomChange[], epoch = 1): void {
    for (const handler of this.deltas) handler({ room: '4201', revision: { epoch, number }, changes });
  }

  list(room: RoomSummary): void {
    for (const handler of this.rooms) handler(room);
  }

  alert(alert: AlertSummary): void {
    for (const handler of this.alerts) handler(alert);
  }

  get listeners(): number {
    return this.deltas.size + this.rooms.size + this.alerts.size;
  }
}

function join<T>(handlers: Set<T>, handler: T): End {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

export const session: Session = {
  name: 'Dana Ruiz',
  email: 'dana@hpd.example',
  agency: 'hpd',
  agencyName: 'Hartford Police Department',
  role: 'dispatcher',
  id: 'dana',
};

export const quality: LegQuality = {
  grade: 'good',
  mos: 4.4,
  loss: 0.2,
  jitter: 3,
  delay: 52,
  roundTrip: 24,
  farLoss: 0,
  heard: 'heard',
  hears: 'hears',
  silentSince: null,
  oneWay: 'none',
  stuckSince: null,
};

export function leg(id: string, status: LegStatus = 'up', mode: LegMode = 'talk', agency = 'hpd'): LegView {
  return {
    id,
    kind: 'sip',
    mode,
    status,
    party: { agency, name: `Caller ${id}`, address: `sip:${id}@example`, proof: 'trunk:lab', focus: null },
    dialled: false,
    since: '2026-03-01T11:00:00Z',
    cause: status === 'gone' ? 'hung up' : null,
    share: null,
    own: 'talk',
    priority: 'routine',
    ask: null,
    rings: false,
    loops: false,
    security: null,
    gain: 0,
    quality: null,
    anew: false,
  };
}

export function invite(id: string, agency: string, part: Partial<InviteView> = {}): InviteView {
  return {
    id,
    agency,
    status: 'pending',
    purpose: null,
    reason: null,
    invitedBy: 'Dana',
    invitedAt: '2026-03-01T11:00:00Z',
    answeredAt: null,
    person: null,
    personName: null,
    role: null,
    terms: { handling: 'Law enforcement only', recorded: true, keepDays: 365 },
    expiresAt: '2026-03-01T23:00:00Z',
    conditions: null,
    counter: null,
    endsAt: null,
    next: null,
    after: null,
    ...part,
  };
}

export function snapshot(number: number, part: Partial<RoomSnapshot> = {}, epoch = 1): RoomSnapshot {
  const header = {
    code: '4201',
    title: 'Fire',
    state: 'open',
    type: 'fire',
    priority: 'urgent',
    place: null,
    owner: 'hpd',
    standing: false,
    openedAt: '2026-03-01T10:00:00Z',
    openedBy: 'Dana Ruiz',
    closesAt: null,
    admits: [],
    recording: null,
    lease: { holder: { agency: 'hpd', name: 'Dana Ruiz' }, until: null, unattendedMinutes: 30, next: null, warnings: [], handover: null },
  } as const;
  return {
    revision: { epoch, number },
    header,
    code: header.code,
    title: header.title,
    state: header.state,
    invites: [],
    legs: [],
    shares: [],
    chat: [],
    videos: [],
    alerts: [],
    talking: [],
    floor: null,
    links: [],
    guests: [],
    ...part,
  };
}

export function summary(code: string, part: Partial<RoomSummary> = {}): RoomSummary {
  return {
    code,
    title: `Room ${code}`,
    state: 'open',
    type: 'fire',
    priority: 'routine',
    place: null,
    owner: 'hpd',
    standing: false,
    openedAt: '2026-03-01T10:00:00Z',
    members: ['hpd'],
    invited: [],
    legsUp: 0,
    legsLost: 0,
    named: null,
    ...part,
  };
}

export function alert(id: string, part: Partial<AlertSummary> = {}): AlertSummary {
  return {
    id,
    revision: 1,
    event: 'gunshot',
    headline: `Alert ${id}`,
    description: null,
    severity: 'Severe',
    source: 'sensor',
    areaDescription: null,
    place: null,
    sent: '2026-03-01T11:00:00Z',
    receivedAt: '2026-03-01T11:00:00Z',
    exercise: false,
    cancelled: false,
    room: null,
    playbook: null,
    ...part,
  };
}

/** The questions about rooms that a test expects; any other fails it. */
export function roomsPort(expected: Partial<RoomsPort>): RoomsPort {
  return new Proxy(expected, {
    get: (held, name): unknown => Reflect.get(held, name) ?? (() => Promise.reject(new Error(`${String(name)} was not expected.`))),
  }) as RoomsPort;
}

/** A connection of a page that is as the test has it. */
export class FakeLine implements VoiceLine {
  readonly status = new Store<LineStatus>('connecting');
  readonly noMicrophone: Problem | null = null;
  speaks = false;
  volume = 1;
  closed = false;

  offer(): Promise<string> {
    return Promise.resolve('offer');
  }

  accept(): Promise<void> {
    return Promise.resolve();
  }

  speak(on: boolean): void {
    this.speaks = on;
  }

  setVolume(volume: number): void {
    this.volume = volume;
  }

  close(): void {
    this.closed = true;
  }
}

/** A browser's microphone and the hub's answers to its offers. */
export class FakeVoice implements AudioPort, VoicePort {
  readonly client = 'this-page';
  readonly lines: FakeLine[] = [];
  readonly joins: Question<VoicePlace>[] = [];
  readonly asked: Relays[] = [];
  granted: Relays = { servers: [], relayOnly: false };
  readonly left: string[] = [];

  relays(): Promise<Result<Relays>> {
    return Promise.resolve({ ok: true, value: this.granted });
  }

  open(relays: Relays): Promise<VoiceLine> {
    this.asked.push(relays);
    const line = new FakeLine();
    this.lines.push(line);
    return Promise.resolve(line);
  }

  join(): Promise<Result<VoicePlace>> {
    const question = new Question<VoicePlace>();
    this.joins.push(question);
    return question.answered;
  }

  leave(_code: string, leg: string): Promise<Result<void>> {
    this.left.push(leg);
    return Promise.resolve({ ok: true, value: undefined });
  }
}

const voice = new FakeVoice();
/** For facts that are about something else. */
export const noVoice = { voice, audio: voice };
