import { Button, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Handover, LeaseView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { holderText, isOffered } from '../../state/room/lease';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** Who holds the room, for how long, and how command passes on. */
export function CommandPanel() {
  const { session, directory } = useDesk();
  const { room } = useRoom();
  const names = useStore(directory.view);
  const { lease } = room.header;
  if (lease === null) return null;
  const changes = runs(session, room) && room.state === 'open';
  return (
    <section className="panel" aria-labelledby="command-heading">
      <header>
        <h2 id="command-heading">Command</h2>
      </header>
      <div className="body">
        <div className={styles.whoName}>{holderText(lease.holder, agencyName(names, lease.holder.agency))}</div>
        <div className={styles.small}>
          {lease.until === null ? 'For as long as it takes' : (<>Expected until <Time at={lease.until} /></>)}
          {` · warns after ${lease.unattendedMinutes} min unattended`}
          {lease.next && ` · next: ${holderText(lease.next, agencyName(names, lease.next.agency))}`}
        </div>
        {lease.handover && <Offer handover={lease.handover} />}
      </div>
      {changes && <Prolong lease={lease} />}
      {changes && lease.handover === null && <HandOver />}
    </section>
  );
}

function Offer({ handover }: { handover: Handover }) {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const act = useAct();
  const answer = (accept: boolean) => void act.run(() => desk.rooms.answerCommand(room.code, handover.id, accept));
  return (
    <div role="group" aria-label="Offer of command" className={styles.offer}>
      <strong>Command is offered to {holderText(handover.to, agencyName(names, handover.to.agency))}</strong>
      <div className={styles.brief}>{handover.brief}</div>
      <div className={`quiet ${styles.small ?? ''}`}>
        by {handover.offeredBy}, <Time at={handover.offeredAt} />
      </div>
      <div className={styles.form}>
        {isOffered(session, room) && (
          <>
            <Button loading={act.busy} disabled={stale} onClick={() => answer(true)}>
              Take command
            </Button>
            <Button variant="default" disabled={stale || act.busy} onClick={() => answer(false)}>
              Decline
            </Button>
          </>
        )}
        {runs(session, room) && (
          <Button variant="default" disabled={stale || act.busy} onClick={() => void act.run(() => desk.rooms.withdrawCommand(room.code, handover.id))}>
            Withdraw the offer
          </Button>
        )}
      </div>
      <ProblemText problem={act.problem} />
    </div>
  );
}

function Prolong({ lease }: { lease: LeaseView }) {
  const { desk, room, stale } = useRoom();
  const [until, setUntil] = useState('');
  const [minutes, setMinutes] = useState<number | string>(lease.unattendedMinutes);
  const act = useAct();
  const set = () => desk.rooms.setLease(room.code, { until: until === '' ? lease.until : new Date(until).toISOString(), unattendedMinutes: Number(minutes), next: lease.next });
  return (
    <form
      aria-label="How long the room lasts"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(set);
      }}
    >
      <TextInput label="Expected until" type="datetime-local" value={until} onChange={(event) => setUntil(event.currentTarget.value)} error={fieldError(act.problem, 'until')} />
      <NumberInput label="Warn after minutes" min={1} max={1440} value={minutes} onChange={setMinutes} error={fieldError(act.problem, 'unattendedMinutes')} style={{ width: 140 }} />
      <Button type="submit" variant="default" loading={act.busy} disabled={stale}>
        Set
      </Button>
      <ProblemText problem={act.problem} fields={['until', 'unattendedMinutes']} />
    </form>
  );
}

function HandOver() {
  const { directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const [agency, setAgency] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [brief, setBrief] = useState('');
  const act = useAct();
  // Several of one agency may be members.
  const members = [...new Set([room.header.owner, ...room.invites.filter((invite) => invite.status === 'accepted').map((invite) => invite.agency)])];
  const offer = async () => {
    if (agency === null) return;
    if (!(await act.run(() => desk.rooms.offerCommand(room.code, { agency, name: name.trim() || null, brief })))?.ok) return;
    setAgency(null);
    setName('');
    setBrief('');
  };
  return (
    <form
      aria-label="Hand command over"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void offer();
      }}
    >
      <Select label="Hand over to" placeholder="Member agency" data={members.map((id) => ({ value: id, label: agencyName(names, id) }))} value={agency} onChange={setAgency} error={fieldError(act.problem, 'agency')} />
      <TextInput label="Person (left out: any commander)" maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fieldError(act.problem, 'name')} />
      <Textarea label="Brief" autosize maxLength={4000} value={brief} onChange={(event) => setBrief(event.currentTarget.value)} error={fieldError(act.problem, 'brief')} style={{ flex: '1 1 100%' }} />
      <Button type="submit" variant="default" loading={act.busy} disabled={agency === null || brief.trim() === '' || stale}>
        Offer command
      </Button>
      <ProblemText problem={act.problem} fields={['agency', 'name', 'brief']} />
    </form>
  );
}
