import { Button } from '@mantine/core';
import type { LegMode, LegView } from '../../realtime/contracts';
import type { Control } from '../../state/room/control';
import { legModes, legModeWords } from '../../state/words';
import { useStore } from '../useStore';
import styles from './room.module.css';

interface Props {
  readonly leg: LegView;
  readonly control: Control<LegMode>;
  readonly disabled: boolean;
}

/** What a leg may do. Filled is what the hub has confirmed; dashed is what was asked and is not so yet. */
export function ModeControl({ leg, control, disabled }: Props) {
  const view = useStore(control.view);
  return (
    <div>
      <div className={styles.modes} role="group" aria-label={`What ${leg.party.name} may do`}>
        {legModes.map((mode) => {
          const awaited = view.pending && view.desired === mode;
          return (
            <Button
              key={mode}
              size="compact-sm"
              radius={0}
              variant={view.confirmed === mode ? 'filled' : 'default'}
              color={mode === 'talk' ? 'blue' : 'yellow'}
              className={awaited ? (styles.pending ?? '') : ''}
              aria-pressed={view.confirmed === mode}
              aria-busy={awaited}
              disabled={disabled}
              onClick={() => control.ask(mode)}
            >
              {legModeWords[mode]}
              {awaited && '…'}
            </Button>
          );
        })}
      </div>
      <div role="alert" className={styles.undelivered}>
        {view.problem?.text}
      </div>
    </div>
  );
}
