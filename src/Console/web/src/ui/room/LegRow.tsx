import { Badge } from '@mantine/core';
import { IconDeviceDesktop, IconLock, IconPhone, IconRadio } from '@tabler/icons-react';
import type { LegView } from '../../realtime/contracts';
import { mayActOnLeg } from '../../state/authority';
import { chosen } from '../../state/room/roster';
import { chosenWords, legKindWords, legStatusText, loopWords, proofWords } from '../../state/words';
import { ConfirmButton } from '../common/ConfirmButton';
import { PriorityMark } from '../common/Marks';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { GainControl } from './GainControl';
import { ModeControl } from './ModeControl';
import { QualityMark } from './QualityMark';
import styles from './room.module.css';

/** One leg: who it is, whether it is there, whether it talks, and what it may do. */
export function LegRow({ leg }: { leg: LegView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const act = useAct();
  // A light that may have gone out unseen must not shine.
  const talking = !stale && room.talking.includes(leg.id);
  const floor = !stale && room.floor === leg.id;
  const own = chosen(leg);
  const mayAct = mayActOnLeg(session, room, leg);
  return (
    <li className={styles.leg} data-status={leg.status} data-talking={talking || undefined} data-leg={leg.id}>
      <KindIcon kind={leg.kind} />
      <span className={styles.light} data-talking={talking || undefined} role="img" aria-label={talking ? 'Talking' : 'Silent'} />
      <div className={styles.who}>
        <span className={styles.whoName}>{leg.party.name}</span>{' '}
        {floor && (
          <Badge radius="sm" color="green" variant="outline">
            Has the floor
          </Badge>
        )}
        {(leg.security || leg.kind === 'browser') && (
          <span role="img" aria-label="Encrypted" title={`Its voice is encrypted between this hub and the other side: SRTP, ${leg.security ?? 'with keys by DTLS'}`}>
            <IconLock size={14} />
          </span>
        )}
        {leg.priority !== 'routine' && <PriorityMark priority={leg.priority} />}
        {own && (
          <div className={styles.chosen}>
            {chosenWords[own]} <span className="quiet">· only they can undo it, by key</span>
          </div>
        )}
        <div className={`quiet ${styles.small ?? ''}`}>
          {leg.kind !== 'browser' && (
            <>
              <span className="mono">{leg.party.address}</span> ·{' '}
            </>
          )}
          {proofWords(leg.party.proof)}
        </div>
        {leg.loops && (
          <div className={styles.undelivered}>
            {loopWords} <span className="quiet">· neither sent to nor heard until it no longer does; another way leads there</span>
          </div>
        )}
        <QualityMark leg={leg} stale={stale} />
        {leg.status !== 'up' && leg.cause && <div className={styles.undelivered}>{leg.cause}</div>}
      </div>
      <div className={styles.status} data-status={leg.status}>
        <div>{legStatusText(leg)}</div>
        <div className={styles.small}>
          since <Time at={leg.since} />
        </div>
      </div>
      <div className={styles.controls}>
        <ModeControl leg={leg} control={desk.mode(leg)} disabled={!mayAct || stale} />
        <GainControl leg={leg} control={desk.gain(leg)} disabled={!mayAct || stale} />
      </div>
      {mayAct ? (
        <ConfirmButton
          label="Drop"
          name={`Drop ${leg.party.name}`}
          question={`Cut ${leg.party.name} off? It is not called back.`}
          yes="Drop"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.drop(room.code, leg.id))}
        />
      ) : (
        <span />
      )}
      {act.problem && (
        <div className={styles.wide}>
          <ProblemText problem={act.problem} />
        </div>
      )}
    </li>
  );
}

function KindIcon({ kind }: { kind: LegView['kind'] }) {
  const label = legKindWords[kind];
  switch (kind) {
    case 'sip':
      return <IconPhone size={20} role="img" aria-label={label} />;
    case 'radio':
      return <IconRadio size={20} role="img" aria-label={label} />;
    case 'browser':
      return <IconDeviceDesktop size={20} role="img" aria-label={label} />;
  }
}
