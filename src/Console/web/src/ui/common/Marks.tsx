import { Badge } from '@mantine/core';
import type { AlertSummary, Priority } from '../../realtime/contracts';
import { priorityWords } from '../../state/words';

const priorityColors: Record<Priority, string> = { routine: 'gray', urgent: 'yellow', emergency: 'red' };

export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <Badge color={priorityColors[priority]} variant={priority === 'routine' ? 'outline' : 'filled'} radius="sm" autoContrast>
      {priorityWords[priority]}
    </Badge>
  );
}

/** How bad an alert's source says it is, in CAP's words. */
export function SeverityMark({ severity }: { severity: string }) {
  const color = { extreme: 'red', severe: 'red', moderate: 'yellow', minor: 'blue' }[severity.toLowerCase()] ?? 'gray';
  return (
    <Badge color={color} variant={severity.toLowerCase() === 'extreme' ? 'filled' : 'outline'} radius="sm">
      {severity}
    </Badge>
  );
}

/** What must not be taken for more than it is. */
export function AlertFlags({ alert }: { alert: AlertSummary }) {
  return (
    <>
      {alert.exercise && (
        <Badge color="grape" variant="filled" radius="sm">
          Exercise
        </Badge>
      )}
      {alert.cancelled && (
        <Badge color="gray" variant="outline" radius="sm">
          Cancelled by its source
        </Badge>
      )}
    </>
  );
}
