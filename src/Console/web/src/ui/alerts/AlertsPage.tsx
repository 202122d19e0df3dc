import { Stack, Text, Title } from '@mantine/core';
import type { AlertSummary } from '../../realtime/contracts';
import { AlertFlags, SeverityMark } from '../common/Marks';
import { RouteLink } from '../common/RouteLink';
import { Time } from '../common/Time';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';

/** All alerts that the agency was sent, the newest first. */
export function AlertsPage() {
  const lists = useStore(useDesk().lists.view);
  const alerts = lists.kind === 'shown' ? lists.alerts : [];
  return (
    <Stack gap="sm">
      <Title order={1} size="h3">
        Alerts
      </Title>
      {lists.kind === 'shown' && alerts.length === 0 && <Text className="quiet">No alert has come in.</Text>}
      {alerts.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
    </Stack>
  );
}

function AlertCard({ alert }: { alert: AlertSummary }) {
  return (
    <article className="panel" aria-label={alert.headline}>
      <header>
        <SeverityMark severity={alert.severity} />
        <AlertFlags alert={alert} />
        <h2>{alert.headline}</h2>
        {alert.room ? <RouteLink to={{ kind: 'room', code: alert.room }}>Room {alert.room}</RouteLink> : <span className="quiet">No room</span>}
        <Time at={alert.receivedAt} />
      </header>
      <div className="body">
        {alert.description && <p style={{ margin: '0 0 6px', whiteSpace: 'pre-line' }}>{alert.description}</p>}
        <span className="quiet">
          {alert.event} · from {alert.source} · sent <Time at={alert.sent} />
          {alert.areaDescription && ` · ${alert.areaDescription}`}
          {alert.revision > 1 && ` · updated ${alert.revision - 1} time${alert.revision > 2 ? 's' : ''}`}
          {alert.playbook && ` · playbook ${alert.playbook}`}
        </span>
      </div>
    </article>
  );
}
