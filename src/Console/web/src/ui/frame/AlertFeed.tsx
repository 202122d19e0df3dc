import type { AlertSummary } from '../../realtime/contracts';
import { AlertFlags, SeverityMark } from '../common/Marks';
import { RouteLink } from '../common/RouteLink';
import { Time } from '../common/Time';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';
import styles from './frame.module.css';

const shown = 50;

/** The newest alerts, in sight whatever else is on the screen. */
export function AlertFeed() {
  const lists = useStore(useDesk().lists.view);
  const alerts = lists.kind === 'shown' ? lists.alerts.slice(0, shown) : [];
  return (
    <section className="panel" aria-labelledby="alerts-heading">
      <header>
        <h2 id="alerts-heading">Alerts</h2>
        <RouteLink to={{ kind: 'alerts' }}>All</RouteLink>
      </header>
      <div className={styles.scroll}>
        <ul className="rows">
          {alerts.map((alert) => (
            <Item key={alert.id} alert={alert} />
          ))}
        </ul>
        {lists.kind === 'shown' && alerts.length === 0 && <p className={`quiet ${styles.alert ?? ''}`}>No alerts.</p>}
      </div>
    </section>
  );
}

function Item({ alert }: { alert: AlertSummary }) {
  return (
    <li className={styles.alert}>
      <div className={styles.title}>
        {alert.headline}
      </div>
      <div className={styles.facts} style={{ marginTop: 4, alignItems: 'center' }}>
        <SeverityMark severity={alert.severity} />
        <AlertFlags alert={alert} />
        <Time at={alert.receivedAt} />
        {alert.room && <RouteLink to={{ kind: 'room', code: alert.room }}>room {alert.room}</RouteLink>}
      </div>
    </li>
  );
}
