import { Button } from '@mantine/core';
import { runs } from '../../state/authority';
import { ProblemText } from '../common/ProblemText';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useNow } from '../useNow';
import styles from './room.module.css';

/** While a room is closing: how long it can still be undone, for everyone who looks at it. */
export function ClosingBar() {
  const { session } = useDesk();
  const { desk, room } = useRoom();
  const act = useAct();
  const closing = room.state === 'closing';
  const now = useNow(closing);
  if (room.state === 'closed')
    return (
      <div className={styles.closing} role="alert">
        <span>This room is closed. Its record remains.</span>
      </div>
    );
  if (!closing) return null;
  const left = Math.max(0, Math.ceil((Date.parse(room.header.closesAt ?? '') - now) / 1000));
  return (
    <>
      <div className={styles.closing}>
        <span>
          <span role="alert">This room is closing.</span> {left > 0 ? `Everyone is cut off in ${left} s.` : 'Closing now.'}
        </span>
        {runs(session, room) && (
          <Button color="dark" loading={act.busy} onClick={() => void act.run(() => desk.rooms.reopen(room.code))}>
            Undo: keep it open
          </Button>
        )}
      </div>
      <ProblemText problem={act.problem} />
    </>
  );
}
