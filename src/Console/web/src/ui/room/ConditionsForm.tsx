import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Conditions } from '../../realtime/contracts';
import { nextTime } from '../../state/time';

const none: Conditions = { listenOnly: false, noVideo: false, until: null };

/** On what conditions one takes part: to listen, without video, until a time of day. */
export function ConditionsForm({ from, label, busy, error, onDone }: { from: Conditions | null; label: string; busy: boolean; error: string | null; onDone: (conditions: Conditions) => void }) {
  const [held, setHeld] = useState(from ?? none);
  const [time, setTime] = useState('');
  const submit = () => onDone({ ...held, until: time === '' ? held.until : nextTime(time, new Date()) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group gap="md" align="flex-end">
        <Checkbox label="Listen only" checked={held.listenOnly} onChange={(event) => setHeld({ ...held, listenOnly: event.currentTarget.checked })} />
        <Checkbox label="No video" checked={held.noVideo} onChange={(event) => setHeld({ ...held, noVideo: event.currentTarget.checked })} />
        <TextInput
          type="time"
          label="Until"
          description={held.until === null ? 'Left empty, without end' : 'Left empty, as it is'}
          value={time}
          error={error}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        {held.until !== null && (
          <Button size="compact-sm" variant="subtle" onClick={() => setHeld({ ...held, until: null })}>
            Without end
          </Button>
        )}
        <Button type="submit" size="compact-sm" loading={busy}>
          {label}
        </Button>
      </Group>
    </form>
  );
}
