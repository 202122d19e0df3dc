import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Visit } from '../../state/visit';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useAct } from '../useAct';
import { Card } from './Card';
import { areGood, NewPassword } from './NewPassword';

/** Where a new person's one-time link leads. */
export function Welcome({ visit, token, onDone }: { visit: Visit; token: string; onDone: () => void }) {
  const [passwords, setPasswords] = useState({ first: '', second: '' });
  const act = useAct();
  const submit = async () => {
    if ((await act.run(() => visit.welcome(token, passwords.first)))?.ok) onDone();
  };
  return (
    <Card title="Welcome" text="Choose the password with which you will sign in.">
      {token === '' ? (
        <Alert color="red" variant="light">
          This address is not complete. Open the whole link that you were given.
        </Alert>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack>
            <NewPassword value={passwords} error={fieldError(act.problem, 'password')} onChange={setPasswords} />
            <ProblemText problem={act.problem} fields={['password']} />
            <Button type="submit" loading={act.busy} disabled={!areGood(passwords)}>
              Set password and go in
            </Button>
          </Stack>
        </form>
      )}
    </Card>
  );
}
