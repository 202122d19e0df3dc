import { useEffect, useState } from 'react';
import type { Result } from '../../state/ports';
import type { Route } from '../../state/route';
import { AlertsPage } from '../alerts/AlertsPage';
import { useDesk } from '../contexts';
import { useTalkKey } from '../useTalkKey';
import { DirectoryPage } from '../directory/DirectoryPage';
import { RoomPage } from '../room/RoomPage';
import { AlertFeed } from './AlertFeed';
import { Bar } from './Bar';
import styles from './frame.module.css';
import { Home } from './Home';
import { NewestAlert } from './NewestAlert';
import { OpenRoomDialog } from './OpenRoomDialog';
import { RoomList } from './RoomList';
import { StaleBanner } from './StaleBanner';

/** What stays on the screen whatever one does: the rooms, the alerts, and whether all of it is live. */
export function Frame({ route, onSignOut }: { route: Route; onSignOut: () => Promise<Result<void>> }) {
  const [opening, setOpening] = useState(false);
  const desk = useDesk();
  useTalkKey(desk.voices);
  useEffect(() => {
    document.title = `${route.kind === 'room' ? `${route.code} · ` : ''}Interop · ${desk.session.agencyName}`;
  }, [route, desk]);
  return (
    <div className={styles.frame}>
      <Bar route={route} onOpenRoom={() => setOpening(true)} onSignOut={onSignOut} />
      <StaleBanner />
      <aside className={styles.side} aria-label="Rooms and alerts">
        <RoomList current={route.kind === 'room' ? route.code : null} />
        <AlertFeed />
      </aside>
      <main className={styles.main}>
        <Page route={route} />
      </main>
      <NewestAlert />
      {opening && <OpenRoomDialog onClose={() => setOpening(false)} />}
    </div>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.kind) {
    case 'room':
      return <RoomPage key={route.code} code={route.code} />;
    case 'alerts':
      return <AlertsPage />;
    case 'directory':
      return <DirectoryPage />;
    case 'home':
    case 'setup':
    case 'welcome':
      return <Home />;
  }
}
