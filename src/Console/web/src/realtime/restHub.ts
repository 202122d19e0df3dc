import type { AddedPerson, DirectoryAgency, DirectoryPhone, DirectoryPort, MadeLink, Relays, RoomsPort, Session, SessionPort, VoicePlace, VoicePort } from '../state/ports';
import type { InviteView, LeaseView, RecordLine, LegView, RecordedSegment, RoomSnapshot, ShareView, VideoLink } from './contracts';
import { done, request } from './requests';

const get = <T>(path: string) => request<T>({ method: 'GET', path });
const post = <T>(path: string, body: unknown = {}) => request<T>({ method: 'POST', path, body });
const put = <T>(path: string, body: unknown) => request<T>({ method: 'PUT', path, body });
const patch = <T>(path: string, body: unknown) => request<T>({ method: 'PATCH', path, body });
const remove = async (path: string) => done(await request({ method: 'DELETE', path }));

const room = (code: string, ...rest: string[]) => ['/api/rooms', code, ...rest].map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join('/');

export const restSession: SessionPort = {
  session: async () => {
    const answer = await get<Session>('/api/session');
    return !answer.ok && answer.problem.status === 401 ? { ok: true, value: null } : answer;
  },
  signIn: (email, password) => post<Session>('/api/session', { email, password }),
  signOut: () => remove('/api/session'),
  setUp: (first) => post<Session>('/api/setup', first),
  welcome: (token, password) => post<Session>('/api/welcome', { token, password }),
};

export const restRooms: RoomsPort = {
  open: (asked) => post<RoomSnapshot>('/api/rooms', asked),
  close: async (code, reason) => done(await post(room(code, 'close'), { reason })),
  reopen: async (code) => done(await post(room(code, 'reopen'))),
  invite: (code, asked) => post<InviteView>(room(code, 'invites'), asked),
  answer: async (code, invite, accept, reason, conditions) => done(await post(room(code, 'invites', invite, 'answer'), { accept, reason, conditions })),
  answerCounter: async (code, invite, accept, conditions, reason) => done(await post(room(code, 'invites', invite, 'counter'), { accept, conditions, reason })),
  setConditions: async (code, invite, conditions) => done(await post(room(code, 'invites', invite, 'conditions'), conditions)),
  makeLink: (code, link) => post<MadeLink>(room(code, 'links'), link),
  withdrawLink: (code, link) => remove(room(code, 'links', link)),
  endGuest: (code, guest) => remove(room(code, 'guests', guest)),
  withdrawInvite: (code, invite) => remove(room(code, 'invites', invite)),
  dial: (code, call) => post<LegView>(room(code, 'legs'), call),
  setMode: (code, leg, mode) => patch<LegView>(room(code, 'legs', leg), { mode }),
  setGain: (code, leg, gain) => patch<LegView>(room(code, 'legs', leg), { gain }),
  drop: (code, leg) => remove(room(code, 'legs', leg)),
  lend: (code, share) => post<ShareView>(room(code, 'shares'), share),
  withdrawShare: (code, share) => remove(room(code, 'shares', share)),
  setLease: (code, { until, unattendedMinutes, next }) => put<LeaseView>(room(code, 'lease'), { until, unattendedMinutes, nextAgency: next?.agency ?? null, nextName: next?.name ?? null }),
  takeNote: (code, kind) => post<LeaseView>(room(code, 'lease', 'note'), { kind }),
  offerCommand: (code, offer) => post<LeaseView>(room(code, 'command'), offer),
  answerCommand: (code, handover, accept) => post<LeaseView>(room(code, 'command', handover, 'answer'), { accept }),
  withdrawCommand: (code, handover) => remove(room(code, 'command', handover)),
  chat: async (code, text) => done(await post(room(code, 'chat'), { text })),
  addVideo: (code, title, url) => post<VideoLink>(room(code, 'video'), { title, url }),
  removeVideo: (code, video) => remove(room(code, 'video', video)),
  recordings: (code, before, count) =>
    get<readonly RecordedSegment[]>(`${room(code, 'recordings')}?count=${count}${before === null ? '' : `&before=${encodeURIComponent(before)}`}`),
  holdRecordings: async (code, reason) => done(await post(room(code, 'recordings', 'hold'), { reason })),
  releaseRecordings: async (code, reason) => done(await post(room(code, 'recordings', 'release'), { reason })),
  record: (code, after, count) => get<readonly RecordLine[]>(`${room(code, 'record')}?after=${after}&count=${count}`),
};

export const restVoice: VoicePort = {
  relays: () => get<Relays>('/api/voice/relays'),
  join: (code, client, sdp) => post<VoicePlace>(room(code, 'voice'), { client, sdp }),
  leave: async (code, leg) => done(await request({ method: 'DELETE', path: room(code, 'voice', leg), outlivesPage: true })),
};

export const restDirectory: DirectoryPort = {
  directory: () => get<readonly DirectoryAgency[]>('/api/directory'),
  phones: () => get<readonly DirectoryPhone[]>('/api/directory/phones'),
  addPerson: (person) => post<AddedPerson>('/api/people', person),
};
