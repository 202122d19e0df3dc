import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { mayOpen } from '../../state/authority';
import type { Result } from '../../state/ports';
import type { Route } from '../../state/route';
import { RouteLink } from '../common/RouteLink';
import { useDesk } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './frame.module.css';

interface BarProps {
  readonly route: Route;
  readonly onOpenRoom: () => void;
  readonly onSignOut: () => Promise<Result<void>>;
}

export function Bar({ route, onOpenRoom, onSignOut }: BarProps) {
  const { session } = useDesk();
  const act = useAct();
  const inRooms = route.kind === 'room' || route.kind === 'home';
  return (
    <header className={styles.bar}>
      <span className={styles.name}>Interop</span>
      <nav className={styles.places} aria-label="Places">
        <RouteLink to={{ kind: 'home' }} className={styles.place ?? ''} current={inRooms}>
          Rooms
        </RouteLink>
        <RouteLink to={{ kind: 'alerts' }} className={styles.place ?? ''} current={route.kind === 'alerts'}>
          Alerts
        </RouteLink>
        <RouteLink to={{ kind: 'directory' }} className={styles.place ?? ''} current={route.kind === 'directory'}>
          Directory
        </RouteLink>
      </nav>
      <LiveMark />
      {mayOpen(session) && (
        <Button size="sm" leftSection={<IconPlus size={18} aria-hidden />} onClick={onOpenRoom}>
          Open a room
        </Button>
      )}
      <div className={styles.who}>
        <div>{session.name}</div>
        <div className="quiet">{session.agencyName}</div>
      </div>
      <Button size="sm" variant="default" loading={act.busy} onClick={() => void act.run(onSignOut)}>
        Sign out
      </Button>
      {act.problem && <span role="alert">{act.problem.text}</span>}
    </header>
  );
}

function LiveMark() {
  const status = useStore(useDesk().hub.live.status);
  const live = status.kind === 'connected';
  return (
    <span className={styles.live} style={{ color: live ? 'var(--talk)' : 'var(--bad)' }}>
      {live ? 'Live' : 'Not live'}
    </span>
  );
}
