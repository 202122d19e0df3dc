import { createContext, useContext } from 'react';
import type { RoomSnapshot } from '../realtime/contracts';
import type { Desk } from '../state/desk';
import type { RoomDesk } from '../state/room/roomDesk';
import type { Route } from '../state/route';

export const DeskContext = createContext<Desk | null>(null);
export const NavigationContext = createContext<(route: Route) => void>(() => undefined);

/** The room on the screen. While it is stale nothing is offered that could act on what is no longer so. */
export interface ShownRoom {
  readonly desk: RoomDesk;
  readonly room: RoomSnapshot;
  readonly stale: boolean;
}

export const RoomContext = createContext<ShownRoom | null>(null);

export function useDesk(): Desk {
  return present(useContext(DeskContext));
}

export function useRoom(): ShownRoom {
  return present(useContext(RoomContext));
}

export function useNavigate(): (route: Route) => void {
  return useContext(NavigationContext);
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('Drawn outside of its context.');
  return value;
}
