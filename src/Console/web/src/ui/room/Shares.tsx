import type { ShareView } from '../../realtime/contracts';
import { mayLend, mayWithdrawShare } from '../../state/authority';
import { shareDirectionWords, resourceKindWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { LendForm } from './LendForm';
import styles from './room.module.css';

/** What is lent into the room; its owner takes it back at any moment. */
export function Shares() {
  const { session } = useDesk();
  const { room } = useRoom();
  return (
    <section className="panel" aria-labelledby="shares-heading">
      <header>
        <h2 id="shares-heading">Lent resources</h2>
      </header>
      {room.shares.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.shares.map((share) => (
          <Row key={share.id} share={share} />
        ))}
      </ul>
      {mayLend(session, room) && room.state === 'open' && <LendForm />}
    </section>
  );
}

function Row({ share }: { share: ShareView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  return (
    <li className={styles.row}>
      <div className={styles.grow}>
        <div className={styles.whoName}>{share.name}</div>
        <div className={styles.small}>
          {resourceKindWords[share.kind]}
          {share.leg !== null && ` · ${shareDirectionWords[share.direction]}`}
          {share.ends !== null && (
            <>
              {' · until '}
              <Time at={share.ends} />
            </>
          )}
        </div>
        {share.conditions !== null && <div className={styles.conditions}>Condition: {share.conditions}</div>}
        <div className={`quiet ${styles.small ?? ''}`}>
          <span className="mono">{share.resource}</span> · lent by {share.lentBy}, <Time at={share.lentAt} />
        </div>
        <ProblemText problem={act.problem} />
      </div>
      {mayWithdrawShare(session, room, share) && room.state !== 'closed' && (
        <ConfirmButton
          label="Withdraw"
          name={`Withdraw ${share.name}`}
          question={`Take ${share.name} out of the room? ${share.leg === null ? 'It is gone from the page' : 'It is gone from the voice'} at once.`}
          yes="Withdraw"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.withdrawShare(room.code, share.id))}
        />
      )}
    </li>
  );
}
