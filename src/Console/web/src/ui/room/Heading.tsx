import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RecordingView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { connected } from '../../state/room/roster';
import { span } from '../../state/time';
import { phaseWords, typeText } from '../../state/words';
import { PriorityMark } from '../common/Marks';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useNow } from '../useNow';
import { useStore } from '../useStore';
import { CloseDialog } from './CloseDialog';
import styles from './room.module.css';

/** What the room is, how to dial in, and the way to close it. */
export function Heading() {
  const { session, directory } = useDesk();
  const { room, stale } = useRoom();
  const names = useStore(directory.view);
  const [closing, setClosing] = useState(false);
  const { header } = room;
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        <h1>{header.title}</h1>
        <div className={styles.facts}>
          <PriorityMark priority={header.priority} />
          {header.state !== 'open' && <strong>{phaseWords[header.state]}</strong>}
          <span>{typeText(header.type)}</span>
          {header.place && <span>{placeText(header.place)}</span>}
          <span>Room of {agencyName(names, header.owner)}</span>
          {header.standing && <span>Standing room</span>}
          <span>
            Open for <OpenFor since={header.openedAt} />, since <Time at={header.openedAt} />, by {header.openedBy}
          </span>
          <span>{connected(room)} connected</span>
          <Recorded recording={header.recording} />
        </div>
      </div>
      <div className={styles.dial}>
        <div className="quiet">dial</div>
        <strong className="mono">{header.code}</strong>
      </div>
      {runs(session, room) && header.state === 'open' && (
        <Button color="red" variant="outline" disabled={stale} onClick={() => setClosing(true)}>
          Close room
        </Button>
      )}
      {closing && header.state === 'open' && <CloseDialog onDone={() => setClosing(false)} />}
    </header>
  );
}

/** Nobody may believe that there is a recording when there is none. */
function Recorded({ recording }: { recording: RecordingView | null }) {
  if (recording === null) return null;
  if (recording.status === 'failed')
    return (
      <strong role="alert" className={styles.undelivered}>
        Not recorded: {recording.cause}
      </strong>
    );
  return (
    <>
      {recording.status === 'on' && <span>Recorded</span>}
      {recording.hold && <strong>Legal hold</strong>}
    </>
  );
}

function OpenFor({ since }: { since: string }) {
  return <>{span(useNow() - Date.parse(since))}</>;
}

function placeText({ text, latitude, longitude }: { text: string | null; latitude: number | null; longitude: number | null }): string {
  const position = latitude !== null && longitude !== null ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : null;
  return [text, position].filter(Boolean).join(' · ');
}
