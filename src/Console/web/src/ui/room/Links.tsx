import { useState } from 'react';
import { Button } from '@mantine/core';
import type { GuestView, LinkView } from '../../realtime/contracts';
import { runs } from '../../state/authority';
import type { MadeLink } from '../../state/ports';
import { guestWords, linkWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { LinkDialog } from './LinkDialog';
import { ShowLink } from './ShowLink';
import styles from './room.module.css';

/** Links by which people without an account come in, and those who came. */
export function Links() {
  const { session } = useDesk();
  const { room, stale } = useRoom();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  const may = runs(session, room) && room.state === 'open';
  if (!may && room.links.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="links-heading">
      <header>
        <h2 id="links-heading">Links</h2>
      </header>
      {room.links.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.links.map((link) => (
          <Row key={link.id} link={link} />
        ))}
      </ul>
      {may && (
        <div className={styles.form}>
          <Button variant="default" disabled={stale} onClick={() => setMaking(true)}>
            Make a link
          </Button>
        </div>
      )}
      {making && (
        <LinkDialog
          onMade={(link) => {
            setMaking(false);
            setMade(link);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made && <ShowLink made={made} onClose={() => setMade(null)} />}
    </section>
  );
}

function Row({ link }: { link: LinkView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  const guests = room.guests.filter((guest) => guest.link === link.id);
  const name = link.for ?? link.id;
  const may = runs(session, room) && room.state !== 'closed' && link.status !== 'withdrawn';
  return (
    <li className={`${styles.row ?? ''} ${styles.invite ?? ''}`} data-link={link.id}>
      <div className={styles.grow}>
        <div className={styles.whoName}>{name}</div>
        <div className={`quiet ${styles.small ?? ''}`}>
          by {link.madeBy}, <Time at={link.madeAt} /> · {link.uses} of {link.maxUses} answered
          {link.status === 'open' && (
            <>
              {' · until '}
              <Time at={link.expiresAt} />
            </>
          )}
          {link.purpose && ` · ${link.purpose}`}
        </div>
        {guests.map((guest) => (
          <Guest key={guest.id} guest={guest} />
        ))}
        <ProblemText problem={act.problem} />
      </div>
      <span className={styles.status}>{linkWords[link.status]}</span>
      {may && (
        <ConfirmButton
          label="Withdraw"
          name={`Withdraw the link for ${name}`}
          question={`Take the link for ${name} back? Whoever came by it is out at once.`}
          yes="Withdraw"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.withdrawLink(room.code, link.id))}
        />
      )}
    </li>
  );
}

function Guest({ guest }: { guest: GuestView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  return (
    <div className={styles.small}>
      {guest.name}: {guestWords[guest.status]} <Time at={guest.since} />{' '}
      {guest.status === 'in' && runs(session, room) && (
        <ConfirmButton
          label="Put out"
          name={`Put ${guest.name} out`}
          question={`Put ${guest.name} out of the room?`}
          yes="Put out"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.endGuest(room.code, guest.id))}
        />
      )}
      <ProblemText problem={act.problem} />
    </div>
  );
}
