import type { AlertSummary } from '../../realtime/contracts';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';

/** Reads a new alert to those who do not see the screen; a grave one at once. */
export function NewestAlert() {
  const alert = useStore(useDesk().lists.newest);
  const grave = alert !== null && ['extreme', 'severe'].includes(alert.severity.toLowerCase());
  return (
    <>
      <div className="unseen" aria-live="assertive">
        {grave ? spoken(alert) : ''}
      </div>
      <div className="unseen" aria-live="polite">
        {alert && !grave ? spoken(alert) : ''}
      </div>
    </>
  );
}

function spoken(alert: AlertSummary): string {
  const kind = alert.exercise ? 'Exercise alert' : 'Alert';
  return `${alert.cancelled ? 'Cancelled: ' : ''}${kind}, ${alert.severity}: ${alert.headline}`;
}
