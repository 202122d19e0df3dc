import type { ResourceKind, ShareView } from '../../realtime/contracts';
import type { DirectoryAgency, OfferedChannel } from '../ports';
import { resourceKindWords } from '../words';

/** Something that an agency can lend into a room. */
export interface Offer {
  readonly key: string;
  readonly kind: ResourceKind;
  readonly resource: string;
  readonly label: string;
}

/** Whether it is heard or talked on, so that a direction says something. */
export function carriesVoice(kind: ResourceKind): boolean {
  return kind !== 'camera' && kind !== 'sensor';
}

/** What an agency has that is not in the room yet. */
export function offersOf(agency: DirectoryAgency | null, shares: readonly ShareView[]): readonly Offer[] {
  if (agency === null) return [];
  const lent = new Set(shares.map((share) => keyOf(share.kind, share.resource)));
  const listed: readonly (readonly [ResourceKind, readonly OfferedChannel[] | undefined])[] = [
    ['channel', agency.channels],
    ['endpoint', agency.phones],
    ['number', agency.numbers],
    ['camera', agency.cameras],
    ['sensor', agency.sensors],
  ];
  return listed.flatMap(([kind, offered = []]) =>
    offered
      .map(({ resource, name }) => ({ key: keyOf(kind, resource), kind, resource, label: `${name} (${resourceKindWords[kind].toLowerCase()})` }))
      .filter((offer) => !lent.has(offer.key)),
  );
}

function keyOf(kind: ResourceKind, resource: string): string {
  return `${kind}:${resource}`;
}
