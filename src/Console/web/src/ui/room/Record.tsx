import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { JournalEntry } from '../../realtime/contracts';
import { agencyName } from '../../state/directoryStore';
import { journalWords, legNames, type Names } from '../../state/journalWords';
import { actorWords } from '../../state/words';
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

/** The room's record, as it was written. */
export function Record() {
  const { desk, room } = useRoom();
  const { entries, reading, problem } = useStore(desk.journal.view);
  const agencies = useStore(useDesk().directory.view);
  const [length, setLength] = useState(pageLength);
  const names = useMemo(() => {
    const legs = legNames(entries);
    return { leg: (id: string) => legs.get(id) ?? id, agency: (id: string) => agencyName(agencies, id) };
  }, [entries, agencies]);
  const { header, invites, legs, shares, chat, videos, alerts } = room;
  useEffect(() => {
    const timer = setTimeout(() => void desk.journal.readOn(), settleFor);
    return () => clearTimeout(timer);
  }, [desk, header, invites, legs, shares, chat, videos, alerts]);
  return (
    <section className="panel" aria-labelledby="record-heading" aria-busy={reading}>
      <header>
        <h2 id="record-heading">Record</h2>
        <span className="quiet">{entries.length} entries, the newest first</span>
        <Button size="compact-sm" variant="default" loading={reading} onClick={() => void desk.journal.readOn()}>
          Read on
        </Button>
      </header>
      <ProblemText problem={problem} />
      <ol className="rows">
        {entries
          .slice(-length)
          .reverse()
          .map((entry) => (
            <Entry key={entry.version} entry={entry} names={names} />
          ))}
      </ol>
      {entries.length > length && (
        <Button variant="subtle" onClick={() => setLength(length + pageLength)}>
          Show older entries
        </Button>
      )}
    </section>
  );
}

function Entry({ entry, names }: { entry: JournalEntry; names: Names }) {
  const { actor } = entry;
  return (
    <li className={styles.entry}>
      <span className="quiet">{entry.version}</span>
      <Time at={entry.time} />
      <div className={styles.grow}>
        <strong>{actor.kind === 'hub' ? 'The hub' : actor.name}</strong>{' '}
        {actor.kind !== 'hub' && (
          <span className="quiet">
            ({[actorWords[actor.kind], names.agency(actor.agency)].filter(Boolean).join(', ')})
          </span>
        )}{' '}
        {journalWords(entry, names)}
      </div>
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
