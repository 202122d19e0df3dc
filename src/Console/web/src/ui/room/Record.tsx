import { Anchor, Button, Chip, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RecordAspect, RecordLine } from '../../realtime/contracts';
import { mayTakeRecord } from '../../state/authority';
import { recordLink } from '../../state/links';
import { recordAspects, recordAspectWords } from '../../state/words';
import { CopyText } from '../common/CopyText';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useStore } from '../useStore';
import styles from './room.module.css';

// Sound changes several times a second and is not in the record; one look after a pause is enough.
const settleFor = 700;
// A standing room's record can be long; more of it is drawn when somebody asks.
const pageLength = 200;

/** The room's record as one timeline: who heard, saw, shared, refused and lost what, when. */
export function Record() {
  const { desk, room } = useRoom();
  const { lines, reading, problem } = useStore(desk.record.view);
  const [length, setLength] = useState(pageLength);
  const [aspects, setAspects] = useState<string[]>([]);
  const { header, invites, legs, shares, chat, videos, alerts } = room;
  useEffect(() => {
    const timer = setTimeout(() => void desk.record.readOn(), settleFor);
    return () => clearTimeout(timer);
  }, [desk, header, invites, legs, shares, chat, videos, alerts]);
  const shown = lines.filter((line) => !line.withheld && (aspects.length === 0 || aspects.includes(line.aspect)));
  return (
    <section className="panel" aria-labelledby="record-heading" aria-busy={reading}>
      <header>
        <h2 id="record-heading">Record</h2>
        <span className="quiet">
          {aspects.length === 0 ? `${lines.length} entries` : `${shown.length} of ${lines.length} entries`}, the newest first
        </span>
        <Take />
        <Button size="compact-sm" variant="default" loading={reading} onClick={() => void desk.record.readOn()}>
          Read on
        </Button>
      </header>
      <Chip.Group multiple value={aspects} onChange={setAspects}>
        <Group className="body" gap={6} role="group" aria-label="Show only">
          {recordAspects.map((aspect: RecordAspect) => (
            <Chip key={aspect} value={aspect} size="xs">
              {recordAspectWords[aspect]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <ProblemText problem={problem} />
      <ol className="rows">
        {shown
          .slice(-length)
          .reverse()
          .map((line) => (
            <Entry key={line.entry.version} line={line} />
          ))}
      </ol>
      {shown.length > length && (
        <Button variant="subtle" onClick={() => setLength(length + pageLength)}>
          Show older entries
        </Button>
      )}
    </section>
  );
}

/** The whole record as a file; whoever takes it stands in the record. */
function Take() {
  const { room } = useRoom();
  const { session } = useDesk();
  if (!mayTakeRecord(session, room)) return null;
  return (
    <>
      <Anchor href={recordLink(room.code, 'html')} download>
        Report
      </Anchor>
      <Anchor href={recordLink(room.code, 'json')} download>
        JSON
      </Anchor>
    </>
  );
}

function Entry({ line }: { line: RecordLine }) {
  const { entry, by, text, aspect } = line;
  return (
    <li className={styles.entry}>
      <span className="quiet">{entry.version}</span>
      <Time at={entry.time} />
      <div className={styles.grow}>
        <strong>{by}</strong> {text}
      </div>
      <span className={`quiet ${styles.small ?? ''}`}>{recordAspectWords[aspect]}</span>
      <span className={`quiet ${styles.small ?? ''}`} style={{ whiteSpace: 'nowrap' }}>
        <span className="mono" title={entry.hash}>
          {entry.hash.slice(0, 12)}…
        </span>
        <CopyText value={entry.hash} label={`Copy the hash of entry ${entry.version}`} />
      </span>
      <details>
        <summary className={`quiet ${styles.small ?? ''}`}>{entry.type}</summary>
        <pre className="mono">{entry.data}</pre>
        <div className={`quiet mono ${styles.small ?? ''}`}>previous {entry.previousHash}</div>
      </details>
    </li>
  );
}
