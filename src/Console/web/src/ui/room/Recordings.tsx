import { Anchor, Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RecordedSegment } from '../../realtime/contracts';
import { mayHoldRecordings } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { recordingLink } from '../../state/links';
import { ConfirmButton } from '../common/ConfirmButton';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** What is kept of the room's voice: who talked when, to play or to keep. */
export function Recordings() {
  const { desk, room } = useRoom();
  const { segments, reading, more, problem } = useStore(desk.recordings.view);
  const [played, setPlayed] = useState<RecordedSegment | null>(null);
  const kept = room.header.recording?.segments ?? 0;
  useEffect(() => void desk.recordings.read(), [desk, kept]);
  return (
    <section className="panel" aria-labelledby="recordings-heading" aria-busy={reading}>
      <header>
        <h2 id="recordings-heading">Recordings</h2>
        <span className="quiet">{kept} kept, the newest first; whoever plays one stands in the record</span>
      </header>
      <Hold />
      <ProblemText problem={problem} />
      {played && <Player segment={played} />}
      {segments.length === 0 && !reading && <div className="body quiet">None yet.</div>}
      <ul className="rows">
        {segments.map((segment) => (
          <Row key={segment.id} segment={segment} played={segment.id === played?.id} onPlay={() => setPlayed(segment)} />
        ))}
      </ul>
      {more && (
        <Button variant="subtle" loading={reading} onClick={() => void desk.recordings.readOlder()}>
          Show older recordings
        </Button>
      )}
    </section>
  );
}

function Player({ segment }: { segment: RecordedSegment }) {
  const { room } = useRoom();
  return (
    <div className={styles.row}>
      <span className={styles.grow}>{named(segment)}</span>
      {/* Speech that is recorded has no text beside it. */}
      <audio key={segment.id} controls autoPlay src={recordingLink(room.code, segment.id)} aria-label={`${named(segment)}, recorded`} />
    </div>
  );
}

function Row({ segment, played, onPlay }: { segment: RecordedSegment; played: boolean; onPlay: () => void }) {
  const { directory } = useDesk();
  const { room } = useRoom();
  const names = useStore(directory.view);
  const name = `${named(segment)}, ${segment.startedAt}`;
  return (
    <li className={styles.row} data-kind={segment.kind}>
      <Button size="compact-sm" variant={played ? 'filled' : 'default'} aria-label={`Play ${name}`} onClick={onPlay}>
        Play
      </Button>
      <div className={styles.grow}>
        <strong>{named(segment)}</strong>
        {segment.agency !== null && <span className="quiet">, {agencyName(names, segment.agency)}</span>}
        {segment.lostMs > 0 && <div className={styles.undelivered}>{(segment.lostMs / 1000).toFixed(1)} s of it could not be recorded</div>}
      </div>
      <Time at={segment.startedAt} />
      <span className="mono">{(segment.lengthMs / 1000).toFixed(1)} s</span>
      <Anchor href={recordingLink(room.code, segment.id)} download aria-label={`Download ${name}`}>
        Download
      </Anchor>
    </li>
  );
}

/** While it holds nothing is deleted, whatever its age. */
function Hold() {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const [reason, setReason] = useState('');
  const act = useAct();
  const hold = room.header.recording?.hold ?? null;
  const may = mayHoldRecordings(session, room);
  const ask = async () => {
    const given = reason.trim();
    const answer = await act.run(() => (hold ? desk.rooms.releaseRecordings(room.code, given) : desk.rooms.holdRecordings(room.code, given)));
    if (answer?.ok) setReason('');
  };
  return (
    <>
      {hold && (
        <div className="body" role="status">
          <strong>Legal hold</strong> by {hold.by}, <Time at={hold.at} />: {hold.reason}. Nothing is deleted.
        </div>
      )}
      {may && (
        <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
          <TextInput
            label={hold ? 'Reason for the release' : 'Reason for a legal hold'}
            required
            maxLength={500}
            value={reason}
            error={fieldError(act.problem, 'reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
            style={{ flex: '1 1 200px' }}
          />
          <ConfirmButton
            label={hold ? 'Release' : 'Hold'}
            name={hold ? 'Release the legal hold' : 'Hold all recordings'}
            question={hold ? 'Recordings whose time is up will be deleted, and do not come back.' : 'Keep every recording of this room until the hold is released?'}
            yes={hold ? 'Release' : 'Hold'}
            disabled={stale || act.busy || reason.trim() === ''}
            onYes={() => void ask()}
          />
          <ProblemText problem={act.problem} fields={['reason']} />
        </form>
      )}
    </>
  );
}

function named(segment: RecordedSegment): string {
  return segment.kind === 'mix' ? 'The room' : (segment.talker ?? 'Somebody');
}
