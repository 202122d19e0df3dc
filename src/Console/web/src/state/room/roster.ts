import type { InviteView, LegView, RoomSnapshot } from '../../realtime/contracts';
import { legModes } from '../words';

/** One agency's legs in the room: those that are or should be there, and those that are gone. */
export interface RosterGroup {
  readonly agency: string;
  readonly present: readonly LegView[];
  readonly gone: readonly LegView[];
}

/** The roster by agency, the owner first. */
export function roster(room: RoomSnapshot): readonly RosterGroup[] {
  const agencies = [...new Set(room.legs.map((leg) => leg.party.agency))];
  agencies.sort((a, b) => Number(b === room.header.owner) - Number(a === room.header.owner) || a.localeCompare(b));
  return agencies.map((agency) => {
    const legs = room.legs.filter((leg) => leg.party.agency === agency);
    return { agency, present: legs.filter((leg) => leg.status !== 'gone'), gone: legs.filter((leg) => leg.status === 'gone') };
  });
}

/** What the party chose for itself, where that is narrower than what the room lets it; nobody else lifts it. */
export function chosen(leg: LegView): 'listen' | 'muted' | null {
  if (leg.own === 'talk' || legModes.indexOf(leg.own) <= legModes.indexOf(leg.mode)) return null;
  return leg.own;
}

/** The call by which an invited agency is asked, the newest one; null when it is not called, or has said yes. */
export function deskCall(room: RoomSnapshot, invite: InviteView): LegView | null {
  return room.legs.findLast((leg) => leg.ask?.invite === invite.id) ?? null;
}

/** How many are connected now: who would be cut off by closing. */
export function connected(room: RoomSnapshot): number {
  return room.legs.filter((leg) => leg.status === 'up').length;
}

/** Who talks now, by name. */
export function talkers(room: RoomSnapshot): readonly string[] {
  return room.legs.filter((leg) => room.talking.includes(leg.id)).map((leg) => leg.party.name);
}
