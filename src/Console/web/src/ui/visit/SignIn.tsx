import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Visit } from '../../state/visit';
import { ProblemText } from '../common/ProblemText';
import { useAct } from '../useAct';
import { Card } from './Card';

export function SignIn({ visit, expired }: { visit: Visit; expired: boolean }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const act = useAct();
  return (
    <Card title="Sign in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act.run(() => visit.signIn(email, password));
        }}
      >
        <Stack>
          {expired && (
            <Alert color="yellow" variant="light" role="status">
              Your session has ended. Sign in again; the rooms are held meanwhile.
            </Alert>
          )}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemText problem={act.problem} />
          <Button type="submit" loading={act.busy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
