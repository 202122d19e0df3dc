import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Conditions, InviteView } from '../../realtime/contracts';
import { mayAnswerInvite } from '../../state/authority';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { ConditionsForm } from './ConditionsForm';
import { ConditionsText } from './ConditionsText';

const prolongBy = 60 * 60_000;

/** On what conditions one's own agency is here, and the warning before its time is over. */
export function OwnStay({ invite }: { invite: InviteView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const [changing, setChanging] = useState(false);
  const act = useAct();
  const may = mayAnswerInvite(session, invite) && room.state !== 'closed';
  const set = async (conditions: Conditions) => {
    if ((await act.run(() => desk.rooms.setConditions(room.code, invite.id, conditions)))?.ok) setChanging(false);
  };
  const held = invite.conditions ?? { listenOnly: false, noVideo: false, until: null };
  const ends = invite.endsAt;
  return (
    <section className="panel" aria-label="Your stay">
      <div className="body" style={{ display: 'grid', gap: 10 }}>
        {ends && (
          <Text role="alert" fw={700} c="yellow.4">
            Your time in this room ends at <Time at={ends} />. Your phones are cut off then, and your channels leave.
          </Text>
        )}
        <Group gap="xs">
          <Text size="sm" style={{ flex: 1 }}>
            You are here with: <ConditionsText conditions={held} />
          </Text>
          {may && ends && (
            <Button color="yellow" loading={act.busy} disabled={stale} onClick={() => void set({ ...held, until: new Date(Date.parse(ends) + prolongBy).toISOString() })}>
              Stay an hour longer
            </Button>
          )}
          {may && (
            <Button variant="default" size="compact-sm" disabled={stale} aria-expanded={changing} onClick={() => setChanging(!changing)}>
              Change
            </Button>
          )}
        </Group>
        {changing && <ConditionsForm from={held} label="Hold to these" busy={act.busy} error={fieldError(act.problem, 'conditions.until')} onDone={(conditions) => void set(conditions)} />}
        <ProblemText problem={act.problem} fields={['conditions.until']} />
      </div>
    </section>
  );
}
