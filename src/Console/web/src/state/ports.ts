import type {
  AgencyEntry,
  AlertSummary,
  Conditions,
  Holder,
  Invitee,
  InviteView,
  LeaseView,
  LeaseWarningKind,
  RecordLine,
  LegId,
  LegMode,
  LegView,
  LinkOffer,
  LinkView,
  PersonEntry,
  Place,
  Priority,
  RecordedSegment,
  ResourceKind,
  Role,
  RoomDelta,
  RoomSnapshot,
  RoomSummary,
  ShareDirection,
  ShareView,
  VideoLink,
} from '../realtime/contracts';
import type { End, Readable } from './store';

/** Why the hub did not do what was asked, in words that an operator can act on. */
export interface Problem {
  /** The HTTP status; 0 when the hub was not reached. */
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly field: string | null;
}

/** What was asked for, or why not. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Who is signed in. */
export interface Session {
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly role: Role;
  /** The person's id in the agency: two may have one name. */
  readonly id: string;
}

export interface FirstAdministrator {
  readonly token: string;
  readonly agency: Pick<AgencyEntry, 'id' | 'name' | 'level'>;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly sip?: string;
}

/** A person was added; the link sets the password, works once, and is told only now. */
export interface AddedPerson {
  readonly id: string;
  readonly link: string;
}

export interface OfferedChannel {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
}

export interface OfferedCamera extends OfferedChannel {
  readonly url?: string | null;
  readonly place?: Place | null;
}

/** Somewhere that the agency may call beside the directory. */
export interface Destination {
  readonly id: string;
  readonly pattern: string;
  readonly name?: string | null;
}

/** A phone of the own agency, and whether it can be reached now. */
export interface DirectoryPhone {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly registered: boolean;
}

/** Somebody to call; who is asked first hears which agency calls, and comes in by pressing a key. */
export interface NewCall {
  readonly uri: string;
  readonly name: string | null;
  readonly ask: boolean;
  readonly purpose: string | null;
}

/** One agency of the directory; of another agency only what it offers. */
export interface DirectoryAgency {
  readonly agency: AgencyEntry;
  readonly channels: readonly OfferedChannel[];
  readonly cameras: readonly OfferedCamera[];
  readonly sensors?: readonly OfferedChannel[];
  readonly numbers?: readonly OfferedChannel[];
  readonly phones?: readonly OfferedChannel[];
  readonly people?: readonly PersonEntry[] | null;
  readonly destinations?: readonly Destination[] | null;
}

/** Somebody to ask in, and whom it passes to when nobody accepts. */
export interface NewInvite {
  readonly agency: string;
  readonly person: string | null;
  readonly role: Role | null;
  readonly purpose: string | null;
  readonly handling: string | null;
  readonly call: string | null;
  readonly patienceSeconds: number | null;
  readonly next: readonly Invitee[];
}

/** A link to make. */
export interface NewLink {
  readonly role: Role;
  readonly for: string | null;
  readonly purpose: string | null;
  readonly handling: string | null;
  readonly uses: number;
  readonly lifeSeconds: number;
}

/** A link that was made; its address in the console is told only now. */
export interface MadeLink {
  readonly link: LinkView;
  readonly path: string;
}

/** Something to lend, and on what terms. */
export interface NewShare {
  readonly kind: ResourceKind;
  readonly resource: string;
  /** Null for what shows or tells something and carries no voice. */
  readonly direction: ShareDirection | null;
  readonly ends: string | null;
  readonly conditions: string | null;
}

/** How long a room is expected to last, when it warns, and who is next. */
export interface NewLease {
  readonly until: string | null;
  readonly unattendedMinutes: number;
  readonly next: Holder | null;
}

/** Whom command is offered to, and what they must know. */
export interface CommandOffer {
  readonly agency: string;
  readonly name: string | null;
  readonly brief: string;
}

export interface NewRoom {
  readonly title: string;
  readonly type: string;
  readonly priority: Priority;
  readonly place: Place | null;
  readonly invites: readonly string[];
  readonly shares: readonly string[];
}

/** Signing in and out. */
export interface SessionPort {
  session(): Promise<Result<Session | null>>;
  signIn(email: string, password: string): Promise<Result<Session>>;
  signOut(): Promise<Result<void>>;
  setUp(first: FirstAdministrator): Promise<Result<Session>>;
  welcome(token: string, password: string): Promise<Result<Session>>;
}

/** What is asked of the hub about rooms; every answer is a value. */
export interface RoomsPort {
  open(room: NewRoom): Promise<Result<RoomSnapshot>>;
  close(code: string, reason: string | null): Promise<Result<void>>;
  reopen(code: string): Promise<Result<void>>;
  invite(code: string, asked: NewInvite): Promise<Result<InviteView>>;
  /** A yes on conditions is a counter, which waits for the inviter. */
  answer(code: string, invite: string, accept: boolean, reason: string | null, conditions: Conditions | null): Promise<Result<void>>;
  answerCounter(code: string, invite: string, accept: boolean, seen: Conditions | null, reason: string | null): Promise<Result<void>>;
  setConditions(code: string, invite: string, conditions: Conditions): Promise<Result<void>>;
  makeLink(code: string, link: NewLink): Promise<Result<MadeLink>>;
  withdrawLink(code: string, link: string): Promise<Result<void>>;
  endGuest(code: string, guest: string): Promise<Result<void>>;
  withdrawInvite(code: string, invite: string): Promise<Result<void>>;
  dial(code: string, call: NewCall): Promise<Result<LegView>>;
  setMode(code: string, leg: LegId, mode: LegMode): Promise<Result<LegView>>;
  setGain(code: string, leg: LegId, gain: number): Promise<Result<LegView>>;
  drop(code: string, leg: LegId): Promise<Result<void>>;
  lend(code: string, share: NewShare): Promise<Result<ShareView>>;
  withdrawShare(code: string, share: string): Promise<Result<void>>;
  setLease(code: string, lease: NewLease): Promise<Result<LeaseView>>;
  takeNote(code: string, kind: LeaseWarningKind): Promise<Result<LeaseView>>;
  offerCommand(code: string, offer: CommandOffer): Promise<Result<LeaseView>>;
  answerCommand(code: string, handover: string, accept: boolean): Promise<Result<LeaseView>>;
  withdrawCommand(code: string, handover: string): Promise<Result<void>>;
  chat(code: string, text: string): Promise<Result<void>>;
  addVideo(code: string, title: string, url: string): Promise<Result<VideoLink>>;
  removeVideo(code: string, video: string): Promise<Result<void>>;
  /** What is kept of the room's voice, newest first, from before a moment. */
  recordings(code: string, before: string | null, count: number): Promise<Result<readonly RecordedSegment[]>>;
  holdRecordings(code: string, reason: string): Promise<Result<void>>;
  releaseRecordings(code: string, reason: string): Promise<Result<void>>;
  /** A page of the record in words, oldest first. */
  record(code: string, after: number, count: number): Promise<Result<readonly RecordLine[]>>;
}

export interface DirectoryPort {
  directory(): Promise<Result<readonly DirectoryAgency[]>>;
  phones(): Promise<Result<readonly DirectoryPhone[]>>;
  addPerson(person: NewPerson): Promise<Result<AddedPerson>>;
}

/** Who a guest is, and in which room. */
export interface GuestSession {
  readonly room: string;
  readonly guest: string;
  readonly name: string;
  readonly role: Role;
  readonly agency: string;
  readonly agencyName: string;
  readonly agencies: readonly Pick<AgencyEntry, 'id' | 'name' | 'level'>[];
}

/** What somebody who follows a link asks of the hub. */
export interface GuestPort {
  /** Null when this browser is no guest, or is one no more. */
  session(): Promise<Result<GuestSession | null>>;
  offer(token: string): Promise<Result<LinkOffer>>;
  accept(token: string, name: string): Promise<Result<GuestSession>>;
  decline(token: string, reason: string | null): Promise<Result<void>>;
  leave(): Promise<Result<void>>;
}

/** A place in a room's voice. */
export interface VoicePlace {
  readonly leg: LegId;
  /** The answer to the offer. */
  readonly sdp: string;
}

/** TURN servers, for networks that let no voice through to the hub; the credentials are this page's own. */
export interface Relays {
  readonly servers: readonly { readonly urls: readonly string[]; readonly username: string; readonly credential: string }[];
  readonly relayOnly: boolean;
}

/** What is asked of the hub about this page's own voice. */
export interface VoicePort {
  relays(): Promise<Result<Relays>>;
  join(code: string, client: string, sdp: string): Promise<Result<VoicePlace>>;
  leave(code: string, leg: LegId): Promise<Result<void>>;
}

export type LineStatus = 'connecting' | 'connected' | 'lost';

/** One connection of this page's microphone and speaker to a room. */
export interface VoiceLine {
  readonly status: Readable<LineStatus>;
  /** Why it only listens; null when it can talk. */
  readonly noMicrophone: Problem | null;
  offer(): Promise<string>;
  accept(sdp: string): Promise<void>;
  /** Lets the microphone through; silence is sent otherwise. */
  speak(on: boolean): void;
  setVolume(volume: number): void;
  close(): void;
}

/** The browser's microphone and speaker. */
export interface AudioPort {
  /** What this page calls itself, for as long as it lives. */
  readonly client: string;
  open(relays: Relays): Promise<VoiceLine>;
}

/** Whether what the screen shows is what is. */
export type LiveStatus =
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'signedOut' };

export interface Lists {
  readonly rooms: readonly RoomSummary[];
  readonly alerts: readonly AlertSummary[];
}

/** What the hub tells by itself. */
export interface LivePort {
  readonly status: Readable<LiveStatus>;
  start(): void;
  stop(): void;
  watchRoom(code: string): Promise<Result<RoomSnapshot>>;
  leaveRoom(code: string): void;
  watchLists(): Promise<Result<Lists>>;
  /** The push-to-talk key is held, or was let go; null when it is so, otherwise why nobody hears it. */
  talk(code: string, leg: LegId, held: boolean): Promise<Result<Problem | null>>;
  onRoomDelta(handler: (delta: RoomDelta) => void): End;
  onRoomListed(handler: (room: RoomSummary) => void): End;
  onAlertListed(handler: (alert: AlertSummary) => void): End;
}
