import { Group, Loader, Text } from '@mantine/core';
import type { RoomSummary } from '../../realtime/contracts';
import { agencyName } from '../../state/directoryStore';
import { phaseWords, priorityWords } from '../../state/words';
import { ProblemText } from '../common/ProblemText';
import { RouteLink } from '../common/RouteLink';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';
import styles from './frame.module.css';

/** The open rooms that the agency holds, is in, or is asked into. */
export function RoomList({ current }: { current: string | null }) {
  const lists = useStore(useDesk().lists.view);
  return (
    <section className="panel" aria-labelledby="rooms-heading" aria-busy={lists.kind === 'loading'}>
      <header>
        <h2 id="rooms-heading">Open rooms</h2>
        {lists.kind === 'shown' && <span className="quiet">{lists.rooms.length}</span>}
      </header>
      <div className={styles.scroll}>
        {lists.kind === 'loading' && <Loader m="md" size="sm" aria-label="Reading the rooms" />}
        {lists.kind === 'refused' && <ProblemText problem={lists.problem} />}
        {lists.kind === 'shown' && (
          <ul className="rows">
            {lists.rooms.map((room) => (
              <Item key={room.code} room={room} current={room.code === current} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Item({ room, current }: { room: RoomSummary; current: boolean }) {
  const desk = useDesk();
  const directory = useStore(desk.directory.view);
  const asked = room.invited.includes(desk.session.agency);
  const others = room.invited.filter((agency) => agency !== desk.session.agency);
  return (
    <li className={styles.room} data-priority={room.priority} data-current={current || undefined}>
      <div className={styles.title}>
        <RouteLink to={{ kind: 'room', code: room.code }} current={current}>
          {room.title}
        </RouteLink>
        <span className="mono">{room.code}</span>
      </div>
      <div className={styles.facts}>
        <span>{priorityWords[room.priority]}</span>
        <span>{room.legsUp} up</span>
        {room.legsLost > 0 && <span className={styles.lost}>{room.legsLost} lost</span>}
        {room.state === 'closing' && <span className={styles.lost}>{phaseWords[room.state]}</span>}
        {room.owner !== desk.session.agency && <span>held by {agencyName(directory, room.owner)}</span>}
        {others.length > 0 && <span title={others.map((id) => agencyName(directory, id)).join(', ')}>{others.length} asked in</span>}
      </div>
      {asked && (
        <div className={styles.answer}>
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" fw={600} c="yellow.4" style={{ flex: 1 }}>
              Your agency is asked in
            </Text>
            <RouteLink to={{ kind: 'room', code: room.code }} current={false}>
              Read and answer
            </RouteLink>
          </Group>
        </div>
      )}
    </li>
  );
}
