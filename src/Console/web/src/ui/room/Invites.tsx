import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InviteView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { inviteWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
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
  const stands = invite.status === 'pending' || invite.status === 'accepted';
  return (
    <li className={styles.row}>
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
      {stands && runs(session, room) && room.state !== 'closed' && (
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
  const act = useAct();
  const asked = new Set(room.invites.filter(({ status }) => status === 'pending' || status === 'accepted').map((invite) => invite.agency));
  const agencies = (view.kind === 'shown' ? view.agencies : []).filter(({ agency: { id } }) => id !== room.header.owner && !asked.has(id));
  const ask = async () => {
    if (agency === null) return;
    if (!(await act.run(() => desk.rooms.invite(room.code, agency, purpose.trim() === '' ? null : purpose.trim())))?.ok) return;
    setAgency(null);
    setPurpose('');
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
      <Button type="submit" variant="default" loading={act.busy} disabled={agency === null || stale}>
        Invite
      </Button>
      <ProblemText problem={act.problem} />
    </form>
  );
}
