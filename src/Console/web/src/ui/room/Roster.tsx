import { IconMicrophone } from '@tabler/icons-react';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { roster, type RosterGroup, talkers } from '../../state/room/roster';
import { useDesk, useRoom } from '../contexts';
import { useStore } from '../useStore';
import { DialOut } from './DialOut';
import { LegRow } from './LegRow';
import styles from './room.module.css';

/** Who is in the room, by agency, and who talks. */
export function Roster() {
  const { session } = useDesk();
  const { room } = useRoom();
  const groups = roster(room);
  return (
    <section className="panel" aria-labelledby="roster-heading">
      <header>
        <h2 id="roster-heading">Roster</h2>
        <TalkLine />
      </header>
      {groups.length === 0 && (
        <div className="body quiet">
          Nobody is connected. Phones reach the room by dialling <span className="mono">{room.code}</span>.
        </div>
      )}
      {groups.map((group) => (
        <Group key={group.agency} group={group} />
      ))}
      {runs(session, room) && room.state !== 'closed' && <DialOut />}
    </section>
  );
}

function TalkLine() {
  const { room, stale } = useRoom();
  const names = stale ? [] : talkers(room);
  return (
    <div className={styles.talkLine} data-talking={names.length > 0 || undefined} role="status">
      <IconMicrophone size={18} aria-hidden />
      {stale ? 'Not live' : names.length > 0 ? `Talking: ${names.join(', ')}` : 'Nobody talks'}
    </div>
  );
}

function Group({ group }: { group: RosterGroup }) {
  const names = useStore(useDesk().directory.view);
  return (
    <section aria-label={agencyName(names, group.agency)}>
      <div className={styles.agency}>
        <span>{agencyName(names, group.agency)}</span>
        <span className="quiet">{group.present.length}</span>
      </div>
      <ul className="rows">
        {group.present.map((leg) => (
          <LegRow key={leg.id} leg={leg} />
        ))}
      </ul>
      {group.gone.length > 0 && (
        <details className={styles.gone}>
          <summary>{group.gone.length} gone</summary>
          <ul>
            {group.gone.map((leg) => (
              <li key={leg.id}>
                {leg.party.name} <span className="quiet">{leg.cause ?? 'gone'}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
