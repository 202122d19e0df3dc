import type { LegView } from '../../realtime/contracts';
import { qualityDetails, qualityText, qualityWarnings } from '../../state/room/quality';
import { Time } from '../common/Time';
import styles from './room.module.css';

/** How a leg is heard and hears: a word and a score, the figures behind it, and what is wrong in a sentence. */
export function QualityMark({ leg, stale }: { leg: LegView; stale: boolean }) {
  const { quality } = leg;
  // What was measured before the page lost its connection may be long over.
  if (!quality || stale) return null;
  return (
    <>
      <details className={styles.quality} data-grade={quality.grade}>
        <summary title={qualityDetails(quality).join('\n')}>{qualityText(quality)}</summary>
        <ul aria-label={`How ${leg.party.name} is heard and hears`}>
          {qualityDetails(quality).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {quality.silentSince !== null && (
            <li>
              Last heard <Time at={quality.silentSince} />
            </li>
          )}
        </ul>
      </details>
      <div role="status">
        {qualityWarnings(leg).map((warning) => (
          <div key={warning} className={styles.warning}>
            {warning}
          </div>
        ))}
      </div>
    </>
  );
}
