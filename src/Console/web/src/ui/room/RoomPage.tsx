import { Loader, Tabs } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { includes, mayHear } from '../../state/authority';
import type { RoomDesk } from '../../state/room/roomDesk';
import { ProblemText } from '../common/ProblemText';
import { RoomContext, useDesk, useRoom } from '../contexts';
import { useStore } from '../useStore';
import { AnswerInvite } from './AnswerInvite';
import { Chat } from './Chat';
import { ClosingBar } from './ClosingBar';
import { CommandPanel } from './CommandPanel';
import { Heading } from './Heading';
import { Invites, stands } from './Invites';
import { LeaseBar } from './LeaseBar';
import { Links } from './Links';
import { OwnStay } from './OwnStay';
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
        <LeaseBar />
        <Own />
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

/** One's own invitations: to answer, or to change on what conditions one is here. The room is open to look at for whoever is asked in. */
function Own() {
  const { session } = useDesk();
  const { room } = useRoom();
  const mine = room.state === 'closed' ? [] : room.invites.filter((invite) => stands(invite) && includes(session, invite));
  return mine.map((invite) => (invite.status === 'accepted' ? <OwnStay key={invite.id} invite={invite} /> : <AnswerInvite key={invite.id} invite={invite} />));
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
        <Links />
      </div>
      <div className={styles.column}>
        <CommandPanel />
        <RoomAlerts />
        <Chat />
        <Videos />
      </div>
    </div>
  );
}
