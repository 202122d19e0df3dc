import type { InviteView, LegView, RoomSnapshot, RoomSummary, ShareView, VideoLink } from '../realtime/contracts';
import type { Session } from './ports';
import { roles } from './words';

/**
 * What the signed-in person is offered. The hub decides; this only keeps the screen from offering what it would refuse.
 */
export function hasRole(session: Session, atLeast: Session['role']): boolean {
  return roles.indexOf(session.role) >= roles.indexOf(atLeast);
}

export function mayOpen(session: Session): boolean {
  return hasRole(session, 'dispatcher');
}

/** A commander, dispatcher or administrator of the owner runs the room, or one of the agency that has command of it. */
export function runs(session: Session, room: RoomSnapshot): boolean {
  const holds = room.header.lease?.holder.agency === session.agency && isMember(session, room);
  return (room.header.owner === session.agency || holds) && hasRole(session, 'commander');
}

export function isMember(session: Session, room: RoomSnapshot): boolean {
  return (
    room.header.owner === session.agency ||
    room.invites.some((invite) => invite.status === 'accepted' && includes(session, invite))
  );
}

/** Whether the person is among those whom the invitation asks. */
export function includes(session: Session, invite: Pick<InviteView, 'agency' | 'person' | 'role'>): boolean {
  return (
    invite.agency === session.agency && (invite.person === null || invite.person === session.id) && (invite.role === null || hasRole(session, invite.role))
  );
}

export function mayAnswerInvite(session: Session, invite: InviteView): boolean {
  return includes(session, invite) && hasRole(session, invite.person === null && invite.role === null ? 'commander' : 'member');
}

export function mayChat(session: Session, room: RoomSnapshot): boolean {
  return isMember(session, room) && hasRole(session, 'member');
}

/** Members hear what was recorded, from before their own time too. */
export function mayHear(session: Session, room: RoomSnapshot): boolean {
  return isMember(session, room) && hasRole(session, 'member');
}

/** Members take the record with them. */
export function mayTakeRecord(session: Session, room: RoomSnapshot): boolean {
  return isMember(session, room) && hasRole(session, 'member');
}

export function mayHoldRecordings(session: Session, room: RoomSnapshot): boolean {
  return room.header.owner === session.agency && (session.role === 'commander' || session.role === 'administrator');
}

export function mayLend(session: Session, room: RoomSnapshot): boolean {
  return isMember(session, room) && hasRole(session, 'dispatcher');
}

export function mayActOnLeg(session: Session, room: RoomSnapshot, leg: LegView): boolean {
  return runs(session, room) || (mayLend(session, room) && leg.party.agency === session.agency);
}

export function mayWithdrawShare(session: Session, room: RoomSnapshot, share: ShareView): boolean {
  return runs(session, room) || (hasRole(session, 'dispatcher') && share.resource.startsWith(`${session.agency}/`));
}

export function mayAddVideo(session: Session, room: RoomSnapshot): boolean {
  return runs(session, room) || mayLend(session, room);
}

export function mayRemoveVideo(session: Session, room: RoomSnapshot, video: VideoLink): boolean {
  return runs(session, room) || (mayLend(session, room) && video.agency === session.agency);
}

/** Whether the agency may know of the room: it holds it, is a member, or is asked in. */
export function isListedFor(agency: string, room: RoomSummary): boolean {
  return room.state !== 'closed' && (room.owner === agency || room.members.includes(agency) || room.invited.includes(agency) || (room.named?.some((named) => named.agency === agency) ?? false));
}
