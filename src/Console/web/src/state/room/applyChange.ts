import type { ChatLine, RoomChange, RoomSnapshot } from '../../realtime/contracts';

// The hub shows no more of these either; a page that is open for weeks must not grow without end.
const chatLinesKept = 500;
const goneLegsKept = 200;

/** The room after one change; null for a kind of change that this page does not know. */
export function applyChange(room: RoomSnapshot, change: RoomChange): RoomSnapshot | null {
  switch (change.kind) {
    case 'header':
      return { ...room, header: change.header, code: change.header.code, title: change.header.title, state: change.header.state };
    case 'invite':
      return { ...room, invites: put(room.invites, change.invite) };
    case 'leg':
      return { ...room, legs: boundGone(put(room.legs, change.leg)) };
    case 'share':
      return { ...room, shares: put(room.shares, change.share) };
    case 'shareGone':
      return { ...room, shares: room.shares.filter((share) => share.id !== change.share) };
    case 'chat':
      return { ...room, chat: boundChat(put(room.chat, change.line)) };
    case 'video':
      return { ...room, videos: put(room.videos, change.video) };
    case 'videoGone':
      return { ...room, videos: room.videos.filter((video) => video.id !== change.video) };
    case 'alert':
      return { ...room, alerts: put(room.alerts, change.alert) };
    case 'link':
      return { ...room, links: put(room.links, change.link) };
    case 'guest':
      return { ...room, guests: put(room.guests, change.guest) };
    case 'sound':
      return { ...room, talking: change.talking, floor: change.floor };
  }
  return null;
}

/** In place of the one with its id, or at the end. */
export function put<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  const index = list.findIndex((each) => each.id === item.id);
  return index < 0 ? [...list, item] : list.with(index, item);
}

function boundChat(lines: readonly ChatLine[]): readonly ChatLine[] {
  return lines.length > chatLinesKept ? lines.slice(-chatLinesKept) : lines;
}

function boundGone(legs: RoomSnapshot['legs']): RoomSnapshot['legs'] {
  let excess = legs.filter((leg) => leg.status === 'gone').length - goneLegsKept;
  return excess <= 0 ? legs : legs.filter((leg) => leg.status !== 'gone' || excess-- <= 0);
}
