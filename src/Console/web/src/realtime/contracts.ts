// Generated from Interop.Hub.Contracts; do not edit. To write it again after a contract changed:
// INTEROP_WRITE_CONTRACTS=1 dotnet run --project tests/Unit -- -class Interop.Tests.Unit.Web.ContractsTests

export interface Actor {
  readonly kind: ActorKind;
  readonly agency: AgencyId;
  readonly name: string;
  readonly role: Role;
}

export const ActorKind = ['person', 'token', 'phone', 'playbook', 'provisioning', 'hub', 'guest'] as const;
export type ActorKind = (typeof ActorKind)[number];

export interface AgencyEntry {
  readonly name: string;
  readonly level: AgencyLevel;
  readonly desk: string | null;
  readonly language: string | null;
  readonly mediaSecurity: MediaSecurity | null;
  readonly recordingNotice: RecordingNotice | null;
  readonly handling: string | null;
  readonly id: string;
}

export type AgencyId = string;

export const AgencyLevel = ['city', 'state', 'federal', 'private'] as const;
export type AgencyLevel = (typeof AgencyLevel)[number];

export interface AlertChanged {
  readonly alert: AlertSummary;
}

export type AlertId = string;

export interface AlertSummary {
  readonly id: AlertId;
  readonly revision: number;
  readonly event: string;
  readonly headline: string;
  readonly description: string | null;
  readonly severity: string;
  readonly source: string;
  readonly areaDescription: string | null;
  readonly place: Place | null;
  readonly sent: string;
  readonly receivedAt: string;
  readonly exercise: boolean;
  readonly cancelled: boolean;
  readonly room: RoomCode | null;
  readonly playbook: string | null;
}

export interface ChatChanged {
  readonly line: ChatLine;
}

export interface ChatLine {
  readonly id: string;
  readonly from: string;
  readonly agency: AgencyId;
  readonly via: string;
  readonly text: string;
  readonly at: string;
  readonly leg: LegId | null;
  readonly undelivered: readonly Undelivered[];
}

export interface Conditions {
  readonly listenOnly: boolean;
  readonly noVideo: boolean;
  readonly until: string | null;
}

export interface GuestChanged {
  readonly guest: GuestView;
}

export const GuestStatus = ['in', 'left', 'removed'] as const;
export type GuestStatus = (typeof GuestStatus)[number];

export interface GuestView {
  readonly id: string;
  readonly name: string;
  readonly link: InviteId;
  readonly role: Role;
  readonly status: GuestStatus;
  readonly since: string;
  readonly cause: string | null;
}

export interface Handover {
  readonly id: string;
  readonly to: Holder;
  readonly brief: string;
  readonly offeredBy: string;
  readonly offeredAt: string;
}

export interface HeaderChanged {
  readonly header: RoomHeader;
}

export interface Holder {
  readonly agency: AgencyId;
  readonly name: string;
}

export interface InviteChanged {
  readonly invite: InviteView;
}

export type InviteId = string;

export const InviteStatus = ['pending', 'accepted', 'declined', 'withdrawn', 'countered', 'expired', 'ended'] as const;
export type InviteStatus = (typeof InviteStatus)[number];

export interface InviteTerms {
  readonly handling: string | null;
  readonly recorded: boolean;
  readonly keepDays: number;
}

export interface InviteView {
  readonly id: InviteId;
  readonly agency: AgencyId;
  readonly status: InviteStatus;
  readonly purpose: string | null;
  readonly reason: string | null;
  readonly invitedBy: string;
  readonly invitedAt: string;
  readonly answeredAt: string | null;
  readonly person: string | null;
  readonly personName: string | null;
  readonly role: Role | null;
  readonly terms: InviteTerms | null;
  readonly expiresAt: string | null;
  readonly conditions: Conditions | null;
  readonly counter: Conditions | null;
  readonly endsAt: string | null;
  readonly next: readonly Invitee[] | null;
  readonly after: InviteId | null;
}

export interface Invitee {
  readonly agency: AgencyId;
  readonly person: string | null;
  readonly role: Role | null;
  readonly call: string | null;
  readonly patienceSeconds: number | null;
}

export interface JournalEntry {
  readonly stream: string;
  readonly version: number;
  readonly epoch: number;
  readonly time: string;
  readonly actor: Actor;
  readonly command: string;
  readonly type: string;
  readonly data: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface LeaseView {
  readonly holder: Holder;
  readonly until: string | null;
  readonly unattendedMinutes: number;
  readonly next: Holder | null;
  readonly warnings: readonly LeaseWarning[];
  readonly handover: Handover | null;
}

export interface LeaseWarning {
  readonly kind: LeaseWarningKind;
  readonly to: Holder;
  readonly escalated: boolean;
  readonly since: string;
  readonly seenBy: string | null;
}

export const LeaseWarningKind = ['unattended', 'overdue'] as const;
export type LeaseWarningKind = (typeof LeaseWarningKind)[number];

export interface LegAsk {
  readonly by: AgencyId;
  readonly byName: string;
  readonly purpose: string | null;
  readonly language: string | null;
  readonly invite: InviteId | null;
  readonly terms: InviteTerms | null;
}

export interface LegChanged {
  readonly leg: LegView;
}

export type LegId = string;

export const LegKind = ['sip', 'radio', 'browser'] as const;
export type LegKind = (typeof LegKind)[number];

export const LegMode = ['talk', 'listen', 'muted'] as const;
export type LegMode = (typeof LegMode)[number];

export interface LegQuality {
  readonly grade: VoiceGrade;
  readonly mos: number | null;
  readonly loss: number;
  readonly jitter: number;
  readonly delay: number;
  readonly roundTrip: number | null;
  readonly farLoss: number | null;
  readonly heard: PartyHeard;
  readonly hears: PartyHears;
  readonly silentSince: string | null;
  readonly oneWay: OneWay;
  readonly stuckSince: string | null;
}

export const LegStatus = ['connecting', 'up', 'lost', 'gone', 'asking'] as const;
export type LegStatus = (typeof LegStatus)[number];

export interface LegView {
  readonly id: LegId;
  readonly kind: LegKind;
  readonly mode: LegMode;
  readonly status: LegStatus;
  readonly party: Party;
  readonly dialled: boolean;
  readonly since: string;
  readonly cause: string | null;
  readonly share: ShareId | null;
  readonly own: LegMode;
  readonly priority: Priority;
  readonly ask: LegAsk | null;
  readonly rings: boolean;
  readonly loops: boolean;
  readonly security: string | null;
  readonly gain: number;
  readonly quality: LegQuality | null;
  readonly anew: boolean;
}

export interface LegalHold {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

export interface LinkChanged {
  readonly link: LinkView;
}

export interface LinkOffer {
  readonly agency: AgencyId;
  readonly agencyName: string;
  readonly invitedBy: string;
  readonly for: string | null;
  readonly purpose: string | null;
  readonly terms: InviteTerms;
  readonly role: Role;
  readonly expiresAt: string;
}

export const LinkStatus = ['open', 'usedUp', 'expired', 'withdrawn'] as const;
export type LinkStatus = (typeof LinkStatus)[number];

export interface LinkView {
  readonly id: InviteId;
  readonly status: LinkStatus;
  readonly role: Role;
  readonly for: string | null;
  readonly purpose: string | null;
  readonly terms: InviteTerms;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly maxUses: number;
  readonly uses: number;
}

export interface LiveRevision {
  readonly epoch: number;
  readonly number: number;
}

export const MediaSecurity = ['none', 'allowed', 'required'] as const;
export type MediaSecurity = (typeof MediaSecurity)[number];

export const OneWay = ['none', 'fromParty', 'toParty', 'both'] as const;
export type OneWay = (typeof OneWay)[number];

export interface Party {
  readonly agency: AgencyId;
  readonly name: string;
  readonly address: string;
  readonly proof: string;
  readonly focus: string | null;
}

export const PartyHeard = ['heard', 'quiet', 'notSending', 'nothing', 'refused', 'wrongKey', 'unknownCoding'] as const;
export type PartyHeard = (typeof PartyHeard)[number];

export const PartyHears = ['unknown', 'hears', 'nothing', 'notReported', 'notSent'] as const;
export type PartyHears = (typeof PartyHears)[number];

export interface PersonEntry {
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly sip: string | null;
  readonly id: string;
}

export interface Place {
  readonly text: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface Presence {
  readonly leg: LegId;
  readonly name: string;
  readonly agency: AgencyId;
  readonly there: boolean;
}

export const Priority = ['routine', 'urgent', 'emergency'] as const;
export type Priority = (typeof Priority)[number];

export const RecordAspect = ['room', 'invited', 'heard', 'seen', 'shared', 'refused', 'lost', 'kept'] as const;
export type RecordAspect = (typeof RecordAspect)[number];

export interface RecordLine {
  readonly entry: JournalEntry;
  readonly aspect: RecordAspect;
  readonly by: string;
  readonly text: string;
  readonly presence: readonly Presence[];
  readonly withheld: boolean;
}

export interface RecordedSegment {
  readonly id: string;
  readonly kind: SegmentKind;
  readonly leg: LegId | null;
  readonly talker: string | null;
  readonly agency: AgencyId | null;
  readonly startedAt: string;
  readonly lengthMs: number;
  readonly octets: number;
  readonly sha256: string;
  readonly lostMs: number;
}

export const RecordingNotice = ['prompt', 'beep'] as const;
export type RecordingNotice = (typeof RecordingNotice)[number];

export const RecordingStatus = ['off', 'on', 'failed'] as const;
export type RecordingStatus = (typeof RecordingStatus)[number];

export interface RecordingView {
  readonly status: RecordingStatus;
  readonly cause: string | null;
  readonly segments: number;
  readonly hold: LegalHold | null;
}

export type ResourceId = string;

export const ResourceKind = ['channel', 'endpoint', 'number', 'camera', 'sensor'] as const;
export type ResourceKind = (typeof ResourceKind)[number];

export const Role = ['observer', 'integration', 'member', 'commander', 'dispatcher', 'administrator'] as const;
export type Role = (typeof Role)[number];

export type RoomChange =
  | ({ readonly kind: 'header' } & HeaderChanged)
  | ({ readonly kind: 'invite' } & InviteChanged)
  | ({ readonly kind: 'leg' } & LegChanged)
  | ({ readonly kind: 'share' } & ShareChanged)
  | ({ readonly kind: 'shareGone' } & ShareGone)
  | ({ readonly kind: 'chat' } & ChatChanged)
  | ({ readonly kind: 'video' } & VideoChanged)
  | ({ readonly kind: 'videoGone' } & VideoGone)
  | ({ readonly kind: 'alert' } & AlertChanged)
  | ({ readonly kind: 'sound' } & SoundChanged)
  | ({ readonly kind: 'link' } & LinkChanged)
  | ({ readonly kind: 'guest' } & GuestChanged);

export type RoomCode = string;

export interface RoomDelta {
  readonly room: RoomCode;
  readonly revision: LiveRevision;
  readonly changes: readonly RoomChange[];
}

export interface RoomHeader {
  readonly code: RoomCode;
  readonly title: string;
  readonly state: RoomPhase;
  readonly type: string;
  readonly priority: Priority;
  readonly place: Place | null;
  readonly owner: AgencyId;
  readonly standing: boolean;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly closesAt: string | null;
  readonly admits: readonly string[];
  readonly recording: RecordingView | null;
  readonly lease: LeaseView | null;
}

export const RoomPhase = ['open', 'closing', 'closed'] as const;
export type RoomPhase = (typeof RoomPhase)[number];

export interface RoomSnapshot {
  readonly revision: LiveRevision;
  readonly header: RoomHeader;
  readonly invites: readonly InviteView[];
  readonly legs: readonly LegView[];
  readonly shares: readonly ShareView[];
  readonly chat: readonly ChatLine[];
  readonly videos: readonly VideoLink[];
  readonly alerts: readonly AlertSummary[];
  readonly talking: readonly LegId[];
  readonly floor: LegId | null;
  readonly links: readonly LinkView[];
  readonly guests: readonly GuestView[];
  readonly code: RoomCode;
  readonly title: string;
  readonly state: RoomPhase;
}

export interface RoomSummary {
  readonly code: RoomCode;
  readonly title: string;
  readonly state: RoomPhase;
  readonly type: string;
  readonly priority: Priority;
  readonly place: Place | null;
  readonly owner: AgencyId;
  readonly standing: boolean;
  readonly openedAt: string;
  readonly members: readonly AgencyId[];
  readonly invited: readonly AgencyId[];
  readonly legsUp: number;
  readonly legsLost: number;
  readonly named: readonly Invitee[] | null;
}

export const SegmentKind = ['transmission', 'mix'] as const;
export type SegmentKind = (typeof SegmentKind)[number];

export interface ShareChanged {
  readonly share: ShareView;
}

export const ShareDirection = ['both', 'listen', 'talk'] as const;
export type ShareDirection = (typeof ShareDirection)[number];

export interface ShareGone {
  readonly share: ShareId;
}

export type ShareId = string;

export interface ShareView {
  readonly id: ShareId;
  readonly resource: ResourceId;
  readonly name: string;
  readonly leg: LegId | null;
  readonly lentBy: string;
  readonly lentAt: string;
  readonly kind: ResourceKind;
  readonly direction: ShareDirection;
  readonly ends: string | null;
  readonly conditions: string | null;
}

export interface SoundChanged {
  readonly talking: readonly LegId[];
  readonly floor: LegId | null;
}

export interface Undelivered {
  readonly leg: LegId;
  readonly name: string;
  readonly cause: string;
}

export interface VideoChanged {
  readonly video: VideoLink;
}

export interface VideoGone {
  readonly video: string;
}

export interface VideoLink {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly agency: AgencyId;
  readonly postedBy: string;
  readonly at: string;
  readonly share: ShareId | null;
}

export const VoiceGrade = ['unknown', 'good', 'fair', 'poor'] as const;
export type VoiceGrade = (typeof VoiceGrade)[number];
