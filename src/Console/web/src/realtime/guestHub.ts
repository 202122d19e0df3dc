import type { HubPorts } from '../state/desk';
import type { Clock } from '../state/clock';
import type { GuestPort, GuestSession, Lists, Relays, Result, RoomsPort, VoicePlace } from '../state/ports';
import type { LinkOffer } from './contracts';
import { LiveHub } from './liveHub';
import { done, request } from './requests';
import { restRooms } from './restHub';

const get = <T>(path: string) => request<T>({ method: 'GET', path });
const post = <T>(path: string, body: unknown) => request<T>({ method: 'POST', path, body });

export const restGuest: GuestPort = {
  session: async () => {
    const answer = await get<GuestSession>('/api/guest');
    // Who is not signed in, or was put out, is no guest; that is an answer and no failure.
    return !answer.ok && (answer.problem.status === 401 || answer.problem.status === 403) ? { ok: true, value: null } : answer;
  },
  offer: (token) => post<LinkOffer>('/api/guest/offer', { token }),
  accept: (token, name) => post<GuestSession>('/api/guest/accept', { token, name }),
  decline: async (token, reason) => done(await post('/api/guest/decline', { token, reason })),
  leave: async () => done(await request({ method: 'DELETE', path: '/api/guest' })),
};

/** How the hub is reached by a guest: one room, and what the link's role lets them do in it. */
export function guestPorts(session: GuestSession, clock: Clock): Omit<HubPorts, 'audio'> {
  const rooms: RoomsPort = { ...restRooms, chat: async (_, text) => done(await post('/api/guest/chat', { text })) };
  return {
    rooms,
    people: {
      directory: () => known(session.agencies.map(agencyOf)),
      phones: () => known([]),
      addPerson: () => Promise.resolve({ ok: false, problem: { status: 403, code: 'guest.people', text: 'Guests add nobody.', field: null } }),
    },
    live: new GuestLive(restGuest, clock, '/live/guest'),
    voice: {
      relays: () => get<Relays>('/api/guest/voice/relays'),
      join: (_, client, sdp) => post<VoicePlace>('/api/guest/voice', { client, sdp }),
      leave: async (_, leg) => done(await request({ method: 'DELETE', path: `/api/guest/voice/${encodeURIComponent(leg)}`, outlivesPage: true })),
    },
  };
}

/** A guest has no lists: of the hub there is only the room. */
class GuestLive extends LiveHub {
  override watchLists(): Promise<Result<Lists>> {
    return known({ rooms: [], alerts: [] });
  }
}

function known<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value });
}

function agencyOf({ id, name, level }: GuestSession['agencies'][number]) {
  return {
    agency: { id, name, level, desk: null, language: null, mediaSecurity: null, recordingNotice: null, handling: null },
    channels: [],
    cameras: [],
  };
}
