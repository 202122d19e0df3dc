import { AlertFlags, SeverityMark } from '../common/Marks';
import { Time } from '../common/Time';
import { useRoom } from '../contexts';
import styles from './room.module.css';

/** The alerts that opened the room or were brought into it. */
export function RoomAlerts() {
  const { room } = useRoom();
  if (room.alerts.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="room-alerts-heading">
      <header>
        <h2 id="room-alerts-heading">Alerts in this room</h2>
      </header>
      <ul className="rows">
        {room.alerts.map((alert) => (
          <li key={alert.id} className={styles.row}>
            <div className={styles.grow}>
              <div className={styles.facts} style={{ marginTop: 0 }}>
                <SeverityMark severity={alert.severity} />
                <AlertFlags alert={alert} />
                <Time at={alert.receivedAt} />
              </div>
              <div className={styles.whoName}>{alert.headline}</div>
              <div className={`quiet ${styles.small ?? ''}`}>{[alert.source, alert.areaDescription].filter(Boolean).join(' · ')}</div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
