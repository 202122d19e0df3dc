import { Alert, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgencyLevel } from '../../realtime/contracts';
import type { Visit } from '../../state/visit';
import { agencyLevels, levelWords } from '../../state/words';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useAct } from '../useAct';
import { Card } from './Card';
import { areGood, NewPassword } from './NewPassword';

/** Where the first run's one-time link leads: the first agency and its first administrator. */
export function SetUp({ visit, token, onDone }: { visit: Visit; token: string; onDone: () => void }) {
  const [agency, setAgency] = useState({ id: '', name: '', level: 'city' as AgencyLevel });
  const [person, setPerson] = useState({ name: '', email: '' });
  const [passwords, setPasswords] = useState({ first: '', second: '' });
  const act = useAct();
  const submit = async () => {
    if ((await act.run(() => visit.setUp({ token, agency, ...person, password: passwords.first })))?.ok) onDone();
  };
  if (token === '')
    return (
      <Card title="Set up">
        <Alert color="red" variant="light">
          This address is not complete. Open the whole link that the hub printed when it started.
        </Alert>
      </Card>
    );
  return (
    <Card title="Set up" text="Your agency, and you as its first administrator. The link works once.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Agency"
            placeholder="Hartford Police Department"
            required
            maxLength={200}
            autoFocus
            value={agency.name}
            error={fieldError(act.problem, 'agency.name')}
            onChange={(event) => setAgency({ ...agency, name: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Short id"
              placeholder="hpd"
              description="Stays for good: a-z, 0-9, -"
              required
              pattern="[a-z0-9][a-z0-9\-]*"
              maxLength={64}
              value={agency.id}
              error={fieldError(act.problem, 'agency.id')}
              onChange={(event) => setAgency({ ...agency, id: event.currentTarget.value.toLowerCase() })}
            />
            <Select
              label="Level"
              description="Of government"
              required
              allowDeselect={false}
              data={agencyLevels.map((level) => ({ value: level, label: levelWords[level] }))}
              value={agency.level}
              onChange={(level) => level && setAgency({ ...agency, level })}
            />
          </Group>
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            maxLength={200}
            value={person.name}
            error={fieldError(act.problem, 'name')}
            onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={person.email}
            error={fieldError(act.problem, 'email')}
            onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
          />
          <NewPassword value={passwords} error={fieldError(act.problem, 'password')} onChange={setPasswords} />
          <ProblemText problem={act.problem} fields={['agency.name', 'agency.id', 'name', 'email', 'password']} />
          <Button type="submit" loading={act.busy} disabled={!areGood(passwords)}>
            Set up and go in
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
