import type { ListsView } from '../../state/listsFeed';
import type { LiveStatus } from '../../state/ports';
import { dayOf, fullTime, localTime, span } from '../../state/time';
import { useDesk } from '../contexts';
import { useNow } from '../useNow';
import { useStore } from '../useStore';
import styles from './frame.module.css';

/** Says that the screen no longer follows what happens, since when, and what the console does about it. */
export function StaleBanner() {
  const desk = useDesk();
  const status = useStore(desk.hub.live.status);
  const lists = useStore(desk.lists.view);
  const since = staleSince(status, lists);
  const now = useNow(since !== null);
  // A first connection takes a moment; a banner that flashes each time is one that nobody reads.
  if (since === null || (status.kind === 'connecting' && now - since < 2000)) return null;
  const at = new Date(since).toISOString();
  return (
    <div className={styles.stale}>
      <span role="alert" title={fullTime(at)}>
        Not live since {localTime(at, dayOf(new Date(now)))}. Nothing below is newer than that. The console keeps trying to reconnect; the rooms are
        held meanwhile.
      </span>
      <span aria-hidden>({span(now - since)})</span>
    </div>
  );
}

function staleSince(status: LiveStatus, lists: ListsView): number | null {
  switch (status.kind) {
    case 'connecting':
    case 'lost':
      return status.since;
    case 'connected':
    case 'signedOut':
      return lists.kind === 'shown' ? lists.staleSince : null;
  }
}
