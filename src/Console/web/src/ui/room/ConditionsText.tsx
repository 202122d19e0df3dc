import type { Conditions } from '../../realtime/contracts';
import { conditionWords } from '../../state/words';
import { Time } from '../common/Time';

/** The conditions on which somebody takes part, in words. */
export function ConditionsText({ conditions }: { conditions: Conditions }) {
  const words = conditionWords(conditions).join(', ');
  return (
    <>
      {words}
      {conditions.until && (
        <>
          {words && ', '}until <Time at={conditions.until} />
        </>
      )}
      {!words && !conditions.until && 'no conditions'}
    </>
  );
}
