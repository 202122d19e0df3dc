import { Loader, Tabs } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { isMember, mayHear } from '../../state/authority';
import type { RoomDesk } from '../../state/room/roomDesk';
import { ProblemText } from '../common/ProblemText';
import { RoomContext, useDesk, useRoom } from '../contexts';
import { AnswerInvite } from '../frame/AnswerInvite';
import { useStore } from '../useStore';
import { Chat } from './Chat';
import { ClosingBar } from './ClosingBar';
import { Heading } from './Heading';
import { Invites } from './Invites';
import { Record } from './Record';
import { Recordings } from './Recordings';
import { RoomAlerts } from './RoomAlerts';
import styles from './room.module.css';
import { Roster } from './Roster';
import { Shares } from './Shares';
import { Videos } from './Videos';
import { VoicePanel } from './VoicePanel';

/** One room, followed for as long as its page is shown. */
export function RoomPage({ code }: { code: string }) {
  const desk = useDesk();
  const room = useStore(desk.shown);
  useEffect(() => desk.show(code), [desk, code]);
  return room?.code === code && <Shown desk={room} />;
}

function Shown({ desk }: { desk: RoomDesk }) {
  const { session } = useDesk();
  const view = useStore(desk.feed.view);
  const shown = useMemo(
    () => (view.kind === 'shown' ? { desk, room: view.room, stale: view.staleSince !== null } : null),
    [desk, view],
  );
  if (view.kind === 'refused') return <ProblemText problem={view.problem} />;
  if (shown === null) return <Loader aria-label="Reading the room" />;
  const recorded = shown.room.header.recording !== null && mayHear(session, shown.room);
  return (
    <RoomContext value={shown}>
      <div className={`${styles.page ?? ''} ${shown.stale ? (styles.stale ?? '') : ''}`} data-stale={shown.stale || undefined}>
        <Heading />
        <ClosingBar />
        <Asked />
        <Tabs defaultValue="room" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="room">Room</Tabs.Tab>
            <Tabs.Tab value="record">Record</Tabs.Tab>
            {recorded && <Tabs.Tab value="recordings">Recordings</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="room">
            <Now />
          </Tabs.Panel>
          <Tabs.Panel value="record">
            <Record />
          </Tabs.Panel>
          {recorded && (
            <Tabs.Panel value="recordings">
              <Recordings />
            </Tabs.Panel>
          )}
        </Tabs>
      </div>
    </RoomContext>
  );
}

/** The room is open to look at for whoever is asked in; what else it offers follows the answer. */
function Asked() {
  const { session } = useDesk();
  const { room, stale } = useRoom();
  const asked = room.invites.some((invite) => invite.agency === session.agency && invite.status === 'pending');
  if (!asked || isMember(session, room)) return null;
  return (
    <section className="panel" aria-label="Invitation">
      <div className="body">
        <AnswerInvite code={room.code} title={room.title} stale={stale} />
      </div>
    </section>
  );
}

function Now() {
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <VoicePanel />
        <Roster />
        <div className={styles.two}>
          <Invites />
          <Shares />
        </div>
      </div>
      <div className={styles.column}>
        <RoomAlerts />
        <Chat />
        <Videos />
      </div>
    </div>
  );
}
