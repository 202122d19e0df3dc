import { fullTime, localTime } from '../../state/time';
import { useToday } from '../useToday';

/** A moment, local; hovering or focusing tells the date and the offset from UTC. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)} className="quiet">
      {localTime(at, useToday())}
    </time>
  );
}
