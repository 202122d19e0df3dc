import type { Holder, LeaseWarning, RoomSnapshot } from '../../realtime/contracts';
import { hasRole } from '../authority';
import type { Session } from '../ports';

/** A person of an agency, or any commander of it. */
export function holderText(holder: Holder, agency: string): string {
  return holder.name === '' ? `the commanders of ${agency}` : `${holder.name}, ${agency}`;
}

/** What the room warns of, and whom. */
export function warningText(warning: LeaseWarning, to: string, minutes: number): string {
  const fact =
    warning.kind === 'unattended'
      ? `Connections are up, and nobody of the holding agency has looked, acted or talked for ${minutes} minutes.`
      : 'The room has lasted longer than expected: prolong it, hand it on or close it.';
  return `${fact} ${warning.escalated ? 'Gone on to' : 'For'} ${to}. Nothing closes by itself.`;
}

/** Whether the offer of command is for the signed-in person. */
export function isOffered(session: Session, room: RoomSnapshot): boolean {
  const to = room.header.lease?.handover?.to;
  return to !== undefined && to.agency === session.agency && (to.name === '' || to.name === session.name) && hasRole(session, 'commander');
}
