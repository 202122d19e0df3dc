import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Conditions, InviteView } from '../../realtime/contracts';
import { mayAnswerInvite } from '../../state/authority';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { ConditionsForm } from './ConditionsForm';
import { ConditionsText } from './ConditionsText';
import { Terms } from './Terms';

/** Who asks and why, on what terms, and the answer: yes, yes on conditions, or no with a reason. */
export function AnswerInvite({ invite }: { invite: InviteView }) {
  const { session } = useDesk();
  const { desk, room, stale } = useRoom();
  const [conditional, setConditional] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct();
  const answer = (accept: boolean, conditions: Conditions | null = null) =>
    void act.run(() => desk.rooms.answer(room.code, invite.id, accept, reason.trim() || null, conditions));
  return (
    <section className="panel" aria-label="Invitation">
      <div className="body" style={{ display: 'grid', gap: 10 }}>
        <Text size="sm" fw={600} c="yellow.4">
          {invite.personName === null ? 'Your agency is asked in' : 'You are asked in'} by {invite.invitedBy}
          {invite.purpose && `: ${invite.purpose}`}
        </Text>
        <Terms terms={invite.terms} />
        {invite.counter && (
          <Text size="sm">
            You asked to come on conditions (<ConditionsText conditions={invite.counter} />
            ), and they have not answered yet.
          </Text>
        )}
        {invite.status === 'pending' && invite.expiresAt && (
          <Text size="sm" className="quiet">
            Waits until <Time at={invite.expiresAt} />
          </Text>
        )}
        {mayAnswerInvite(session, invite) && (
          <>
            <Group gap="xs" align="flex-end">
              <Button color="green" loading={act.busy} disabled={stale} onClick={() => answer(true)}>
                Accept
              </Button>
              <Button variant="default" disabled={act.busy || stale} aria-expanded={conditional} onClick={() => setConditional(!conditional)}>
                Accept on conditions
              </Button>
              <TextInput label="Reason" maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} style={{ flex: '1 1 160px' }} />
              <Button variant="default" disabled={act.busy || stale} onClick={() => answer(false)}>
                Decline
              </Button>
            </Group>
            {conditional && (
              <ConditionsForm from={invite.counter} label="Ask for these" busy={act.busy} error={fieldError(act.problem, 'conditions.until')} onDone={(conditions) => answer(true, conditions)} />
            )}
          </>
        )}
        <ProblemText problem={act.problem} fields={['conditions.until']} />
      </div>
    </section>
  );
}
