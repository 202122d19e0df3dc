import { Button } from '@mantine/core';
import type { LeaseWarning } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { holderText, warningText } from '../../state/room/lease';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** What the room warns of, for everyone who looks at it, until somebody takes note. */
export function LeaseBar() {
  const { room } = useRoom();
  const warnings = room.header.lease?.warnings.filter((warning) => warning.seenBy === null) ?? [];
  return warnings.map((warning) => <Warning key={warning.kind} warning={warning} />);
}

function Warning({ warning }: { warning: LeaseWarning }) {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const act = useAct();
  return (
    <>
      <div className={styles.closing}>
        <span role="alert">
          {warningText(warning, holderText(warning.to, agencyName(names, warning.to.agency)), room.header.lease?.unattendedMinutes ?? 0)} <Time at={warning.since} />
        </span>
        {runs(session, room) && (
          <Button color="dark" loading={act.busy} disabled={stale} onClick={() => void act.run(() => desk.rooms.takeNote(room.code, warning.kind))}>
            I have it
          </Button>
        )}
      </div>
      <ProblemText problem={act.problem} />
    </>
  );
}
