import { Button } from '@mantine/core';
import type { LegView } from '../../realtime/contracts';
import type { Control } from '../../state/room/control';
import { gainText, mostGain } from '../../state/words';
import { useStore } from '../useStore';
import styles from './room.module.css';

const step = 3;

interface Props {
  readonly leg: LegView;
  readonly control: Control<number>;
  readonly disabled: boolean;
}

/** How loud the others hear a leg. Each press goes on from what was asked last, also before that is confirmed. */
export function GainControl({ leg, control, disabled }: Props) {
  const view = useStore(control.view);
  const to = (gain: number) => Math.max(-mostGain, Math.min(mostGain, gain));
  const button = (label: string, name: string, gain: number) => (
    <Button
      size="compact-sm"
      radius={0}
      variant="default"
      aria-label={`${name} ${leg.party.name}`}
      disabled={disabled || gain === view.desired}
      onClick={() => control.ask(gain)}
    >
      {label}
    </Button>
  );
  return (
    <div>
      <div className={styles.gain} role="group" aria-label={`How loud ${leg.party.name} is heard`}>
        {button('−', 'Quieter:', to(view.desired - step))}
        <output className={view.pending ? (styles.pending ?? '') : ''} aria-busy={view.pending}>
          {gainText(view.pending ? view.desired : view.confirmed)}
          {view.pending && '…'}
        </output>
        {button('+', 'Louder:', to(view.desired + step))}
      </div>
      <div role="alert" className={styles.undelivered}>
        {view.problem?.text}
      </div>
    </div>
  );
}
