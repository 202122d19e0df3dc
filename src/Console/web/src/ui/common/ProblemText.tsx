import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '../../state/ports';

/** Why the hub did not do it; not said twice when one of the fields shown says it. */
export function ProblemText({ problem, fields = [] }: { problem: Problem | null; fields?: readonly string[] }) {
  if (!problem || fields.some((field) => fieldError(problem, field) !== null)) return null;
  return (
    <Alert color="red" variant="light" p="xs" icon={<IconAlertTriangle aria-hidden />} role="alert">
      {problem.text}
    </Alert>
  );
}

/** The problem's text where the field is the one at fault, for the field's own error line. */
export function fieldError(problem: Problem | null, field: string): string | null {
  return problem?.field?.toLowerCase() === field.toLowerCase() ? problem.text : null;
}
