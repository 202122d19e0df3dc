import { Button, Group } from '@mantine/core';
import type { Conditions, InviteView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { deskCall } from '../../state/room/roster';
import { deskCallWords, inviteeWords, inviteWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import { AskIn } from './AskIn';
import { ConditionsText } from './ConditionsText';
import styles from './room.module.css';

/** Who was asked in, and what they said. */
export function Invites() {
  const { session } = useDesk();
  const { room } = useRoom();
  return (
    <section className="panel" aria-labelledby="invites-heading">
      <header>
        <h2 id="invites-heading">Invited</h2>
      </header>
      {room.invites.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.invites.map((invite) => (
          <Row key={invite.id} invite={invite} />
        ))}
      </ul>
      {runs(session, room) && room.state === 'open' && <AskIn />}
    </section>
  );
}

function Row({ invite }: { invite: InviteView }) {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const act = useAct();
  const whom = inviteeWords(invite);
  const name = whom === null ? agencyName(names, invite.agency) : `${whom}, ${agencyName(names, invite.agency)}`;
  const call = stands(invite) ? deskCall(room, invite) : null;
  const may = stands(invite) && runs(session, room) && room.state !== 'closed';
  return (
    <li className={`${styles.row ?? ''} ${styles.invite ?? ''}`}>
      <div className={styles.grow}>
        <div className={styles.whoName}>{name}</div>
        <div className={`quiet ${styles.small ?? ''}`}>
          by {invite.invitedBy}, <Time at={invite.invitedAt} />
          {invite.purpose && ` · ${invite.purpose}`}
          {invite.reason && ` · “${invite.reason}”`}
          {invite.status === 'pending' && invite.expiresAt && (
            <>
              {' · waits until '}
              <Time at={invite.expiresAt} />
            </>
          )}
          {invite.status === 'pending' && invite.next && invite.next.length > 0 && ` · then ${invite.next.map((each) => each.person ?? agencyName(names, each.agency)).join(', ')}`}
        </div>
        {invite.conditions && (
          <div className={styles.small}>
            <ConditionsText conditions={invite.conditions} />
          </div>
        )}
        {invite.endsAt && invite.status === 'accepted' && (
          <div className={styles.undelivered}>
            Leaves at <Time at={invite.endsAt} />
          </div>
        )}
        {invite.counter && <Counter invite={invite} counter={invite.counter} />}
        <ProblemText problem={act.problem} />
      </div>
      <Status invite={invite} />
      {call && (
        <div className={styles.deskCall} data-status={call.status}>
          {deskCallWords(call)}
        </div>
      )}
      {may && (
        <ConfirmButton
          label="Withdraw"
          name={`Withdraw the invitation of ${name}`}
          question={
            invite.status === 'accepted'
              ? `Put ${name} out of the room? Its phones are cut off and its channels leave.`
              : `Take the invitation of ${name} back?`
          }
          yes="Withdraw"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.withdrawInvite(room.code, invite.id))}
        />
      )}
    </li>
  );
}

export function stands(invite: InviteView): boolean {
  return invite.status === 'pending' || invite.status === 'countered' || invite.status === 'accepted';
}

const statusColors: Record<InviteView['status'], string> = {
  pending: 'var(--warn)',
  accepted: 'var(--talk)',
  declined: 'var(--bad)',
  withdrawn: 'var(--quiet)',
  countered: 'var(--warn)',
  expired: 'var(--bad)',
  ended: 'var(--quiet)',
};

/** The conditions that somebody asks for, and the inviter's answer to them. */
function Counter({ invite, counter }: { invite: InviteView; counter: Conditions }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  const answer = (accept: boolean) => void act.run(() => desk.rooms.answerCounter(room.code, invite.id, accept, counter, null));
  return (
    <>
      <Group gap="xs">
        <strong>
          Would come: <ConditionsText conditions={counter} />
        </strong>
        {runs(session, room) && room.state !== 'closed' && (
          <>
            <Button size="compact-sm" color="green" loading={act.busy} disabled={stale} onClick={() => answer(true)}>
              Accept
            </Button>
            <Button size="compact-sm" variant="default" disabled={stale || act.busy} onClick={() => answer(false)}>
              Refuse
            </Button>
          </>
        )}
      </Group>
      <ProblemText problem={act.problem} />
    </>
  );
}

function Status({ invite }: { invite: InviteView }) {
  return (
    <span className={styles.status} style={{ color: statusColors[invite.status] }}>
      {inviteWords[invite.status]}
      {invite.answeredAt && (
        <div className={styles.small}>
          <Time at={invite.answeredAt} />
        </div>
      )}
    </span>
  );
}
