import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { mayLend, mayWithdrawShare } from '../../state/authority';
import { findAgency } from '../../state/directoryStore';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** What is lent into the room; its owner takes it back at any moment. */
export function Shares() {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  return (
    <section className="panel" aria-labelledby="shares-heading">
      <header>
        <h2 id="shares-heading">Lent channels</h2>
      </header>
      {room.shares.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.shares.map((share) => (
          <li key={share.id} className={styles.row}>
            <div className={styles.grow}>
              <div className={styles.whoName}>{share.name}</div>
              <div className={`quiet ${styles.small ?? ''}`}>
                <span className="mono">{share.resource}</span> · lent by {share.lentBy}, <Time at={share.lentAt} />
              </div>
            </div>
            {mayWithdrawShare(session, room, share) && room.state !== 'closed' && (
              <ConfirmButton
                label="Withdraw"
                name={`Withdraw ${share.name}`}
                question={`Take ${share.name} out of the room? It is gone from the voice at once.`}
                yes="Withdraw"
                disabled={stale || act.busy}
                onYes={() => void act.run(() => desk.rooms.withdrawShare(room.code, share.id))}
              />
            )}
          </li>
        ))}
      </ul>
      <ProblemText problem={act.problem} />
      {mayLend(session, room) && room.state === 'open' && <Lend />}
    </section>
  );
}

function Lend() {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const view = useStore(directory.view);
  const [resource, setResource] = useState<string | null>(null);
  const act = useAct();
  const lent = new Set(room.shares.map((share) => share.resource));
  const channels = (findAgency(view, session.agency)?.channels ?? []).filter((channel) => !lent.has(channel.resource));
  const lend = async () => {
    if (resource !== null && (await act.run(() => desk.rooms.lend(room.code, resource)))?.ok) setResource(null);
  };
  if (channels.length === 0) return null;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void lend();
      }}
    >
      <Select
        label="Lend your channel"
        placeholder="Choose"
        data={channels.map((channel) => ({ value: channel.resource, label: channel.name }))}
        value={resource}
        onChange={setResource}
        style={{ flex: 1 }}
      />
      <Button type="submit" variant="default" loading={act.busy} disabled={resource === null || stale}>
        Lend
      </Button>
      <ProblemText problem={act.problem} />
    </form>
  );
}
