import { Button, Group, Text } from '@mantine/core';
import { mayAnswer } from '../../state/authority';
import { ProblemText } from '../common/ProblemText';
import { useDesk } from '../contexts';
import { useAct } from '../useAct';

/** Yes or no to an invitation of one's own agency. */
export function AnswerInvite({ code, title, stale }: { code: string; title: string; stale: boolean }) {
  const desk = useDesk();
  const act = useAct();
  const answer = (accept: boolean) => void act.run(() => desk.answerInvite(code, accept, null));
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} c="yellow.4" style={{ flex: 1 }}>
          Your agency is asked in
        </Text>
        {mayAnswer(desk.session) && (
          <>
            <Button size="compact-sm" color="green" loading={act.busy} disabled={stale} onClick={() => answer(true)} aria-label={`Accept the invitation to ${title}`}>
              Accept
            </Button>
            <Button size="compact-sm" variant="default" disabled={act.busy || stale} onClick={() => answer(false)} aria-label={`Decline the invitation to ${title}`}>
              Decline
            </Button>
          </>
        )}
      </Group>
      <ProblemText problem={act.problem} />
    </>
  );
}
