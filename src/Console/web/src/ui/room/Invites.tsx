import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InviteView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName, findAgency } from '../../state/directoryStore';
import { deskCall } from '../../state/room/roster';
import { deskCallWords, inviteWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** Who was asked in, and what they said. */
export function Invites() {
  const { session } = useDesk();
  const { room } = useRoom();
  return (
    <section className="panel" aria-labelledby="invites-heading">
      <header>
        <h2 id="invites-heading">Invited agencies</h2>
      </header>
      {room.invites.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.invites.map((invite) => (
          <Row key={invite.id} invite={invite} />
        ))}
      </ul>
      {runs(session, room) && room.state === 'open' && <Ask />}
    </section>
  );
}

function Row({ invite }: { invite: InviteView }) {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const act = useAct();
  const name = agencyName(names, invite.agency);
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
        </div>
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

function stands(invite: InviteView): boolean {
  return invite.status === 'pending' || invite.status === 'accepted';
}

const statusColors: Record<InviteView['status'], string> = {
  pending: 'var(--warn)',
  accepted: 'var(--talk)',
  declined: 'var(--bad)',
  withdrawn: 'var(--quiet)',
};

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

function Ask() {
  const { directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const view = useStore(directory.view);
  const [agency, setAgency] = useState<string | null>(null);
  const [purpose, setPurpose] = useState('');
  const [call, setCall] = useState('');
  const act = useAct();
  const asked = new Set(room.invites.filter(stands).map((invite) => invite.agency));
  const agencies = (view.kind === 'shown' ? view.agencies : []).filter(({ agency: { id } }) => id !== room.header.owner && !asked.has(id));
  const called = agency === null ? null : (findAgency(view, agency)?.agency.desk ?? null);
  const ask = async () => {
    if (agency === null) return;
    if (!(await act.run(() => desk.rooms.invite(room.code, agency, purpose.trim() || null, call.trim() || null)))?.ok) return;
    setAgency(null);
    setPurpose('');
    setCall('');
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <Select
        label="Invite an agency"
        placeholder="Choose"
        searchable
        nothingFoundMessage="No such agency, or asked already"
        data={agencies.map((each) => ({ value: each.agency.id, label: each.agency.name }))}
        value={agency}
        onChange={setAgency}
        style={{ flex: '1 1 160px' }}
      />
      <TextInput label="What for" maxLength={500} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} style={{ flex: '1 1 110px' }} />
      <TextInput
        label="Call"
        description={agency === null ? undefined : called === null ? 'The directory names no duty desk: nobody is called unless you name an address' : 'Left empty, its duty desk is called'}
        placeholder={called ?? 'sip:name@host'}
        maxLength={512}
        value={call}
        error={fieldError(act.problem, 'call')}
        onChange={(event) => setCall(event.currentTarget.value)}
        style={{ flex: '1 1 100%' }}
      />
      <Button type="submit" variant="default" loading={act.busy} disabled={agency === null || stale}>
        Invite
      </Button>
      <ProblemText problem={act.problem} fields={['call']} />
    </form>
  );
}
