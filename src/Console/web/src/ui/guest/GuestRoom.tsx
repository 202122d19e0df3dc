import { Loader } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { GuestVisit } from '../../state/guest/guestVisit';
import type { RoomDesk } from '../../state/room/roomDesk';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
import { RoomContext, useDesk } from '../contexts';
import { StaleBanner } from '../frame/StaleBanner';
import { Chat } from '../room/Chat';
import { Heading } from '../room/Heading';
import styles from '../room/room.module.css';
import { Roster } from '../room/Roster';
import { Videos } from '../room/Videos';
import { VoicePanel } from '../room/VoicePanel';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import { useTalkKey } from '../useTalkKey';

/** The room as a guest has it: who is there, voice, chat, video. */
export function GuestRoom({ visit }: { visit: GuestVisit }) {
  const desk = useDesk();
  const room = useStore(desk.shown);
  useTalkKey(desk.voices);
  useEffect(() => {
    document.title = `Interop · ${desk.session.agencyName}`;
  }, [desk]);
  return room && <Shown desk={room} visit={visit} />;
}

function Shown({ desk, visit }: { desk: RoomDesk; visit: GuestVisit }) {
  const { session } = useDesk();
  const view = useStore(desk.feed.view);
  const act = useAct();
  const shown = useMemo(() => (view.kind === 'shown' ? { desk, room: view.room, stale: view.staleSince !== null } : null), [desk, view]);
  if (view.kind === 'refused') return <ProblemText problem={view.problem} />;
  if (shown === null) return <Loader aria-label="Reading the room" />;
  return (
    <RoomContext value={shown}>
      <StaleBanner />
      <main className={`${styles.page ?? ''} ${shown.stale ? (styles.stale ?? '') : ''}`} data-stale={shown.stale || undefined} style={{ padding: 12 }}>
        <div style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' }}>
          <span className="quiet">You are here as {session.name}</span>
          <ConfirmButton label="Leave" name="Leave the room" question="Leave the room? The link does not bring you back." yes="Leave" disabled={act.busy} onYes={() => void act.run(() => visit.leave())} />
        </div>
        <ProblemText problem={act.problem} />
        <Heading />
        <div className={styles.columns}>
          <div className={styles.column}>
            <VoicePanel />
            <Roster />
          </div>
          <div className={styles.column}>
            <Chat />
            <Videos />
          </div>
        </div>
      </main>
    </RoomContext>
  );
}
