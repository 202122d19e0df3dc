import type { Place, Priority } from '../realtime/contracts';
import type { NewRoom } from './ports';
import { typeWord } from './words';

/** A room as it is being filled in; a number is text until it is one. */
export interface RoomDraft {
  readonly title: string;
  readonly type: string;
  readonly priority: Priority;
  readonly place: string;
  readonly latitude: number | string;
  readonly longitude: number | string;
  readonly invites: readonly string[];
  readonly shares: readonly string[];
}

export const emptyDraft: RoomDraft = {
  title: '',
  type: '',
  priority: 'urgent',
  place: '',
  latitude: '',
  longitude: '',
  invites: [],
  shares: [],
};

/** What is wrong with the position: half of one is none. */
export function placeError(draft: RoomDraft): string | null {
  return (typeof draft.latitude === 'number') === (typeof draft.longitude === 'number') ? null : 'Give both, or neither.';
}

export function newRoom(draft: RoomDraft): NewRoom {
  return {
    title: draft.title.trim(),
    type: typeWord(draft.type),
    priority: draft.priority,
    place: placeOf(draft),
    invites: draft.invites,
    shares: draft.shares,
  };
}

function placeOf({ place, latitude, longitude }: RoomDraft): Place | null {
  const text = place.trim() === '' ? null : place.trim();
  if (typeof latitude === 'number' && typeof longitude === 'number') return { text, latitude, longitude };
  return text === null ? null : { text, latitude: null, longitude: null };
}
