import { Alert, Button, Code, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../../realtime/contracts';
import type { AddedPerson } from '../../state/ports';
import { roles, roleWords } from '../../state/words';
import { CopyText } from '../common/CopyText';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useDesk } from '../contexts';
import { useAct } from '../useAct';

/** Adds a person to one's own agency, and shows the link with which that person comes in. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const [person, setPerson] = useState({ name: '', email: '', role: 'dispatcher' as Role, sip: '' });
  const [added, setAdded] = useState<AddedPerson | null>(null);
  const act = useAct();
  const submit = () =>
    act.run(async () => {
      const { sip, ...rest } = person;
      const answer = await desk.hub.people.addPerson(sip === '' ? rest : { ...rest, sip });
      if (answer.ok) {
        setAdded(answer.value);
        void desk.directory.read();
      }
      return answer;
    });
  return (
    <Modal
      opened
      onClose={onClose}
      title={added ? `${person.name} is added` : 'Add person'}
      closeOnClickOutside={false}
      closeOnEscape={added === null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {added ? (
        <LinkOnce link={new URL(added.link, window.location.origin).href} name={person.name} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack gap="sm">
            <TextInput
              label="Name"
              required
              maxLength={200}
              data-autofocus
              value={person.name}
              error={fieldError(act.problem, 'name')}
              onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
            />
            <TextInput
              label="E-mail"
              description="To sign in with"
              type="email"
              required
              value={person.email}
              error={fieldError(act.problem, 'email')}
              onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
            />
            <Select
              label="Role"
              required
              allowDeselect={false}
              data={roles.map((role) => ({ value: role, label: roleWords[role] }))}
              value={person.role}
              onChange={(role) => role && setPerson({ ...person, role })}
            />
            <TextInput
              label="SIP address"
              description="Where this person can be called, if anywhere"
              placeholder="sip:name@example.org"
              value={person.sip}
              error={fieldError(act.problem, 'sip')}
              onChange={(event) => setPerson({ ...person, sip: event.currentTarget.value })}
            />
            <ProblemText problem={act.problem} fields={['name', 'email', 'sip']} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={act.busy}>
                Add
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function LinkOnce({ link, name, onClose }: { link: string; name: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" variant="light">
        Give this link to {name} over a way that you trust. It works once, and it is not shown again.
      </Alert>
      <Group wrap="nowrap" gap="xs">
        <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {link}
        </Code>
        <CopyText value={link} label="Copy the link" />
      </Group>
      <Text size="sm" className="quiet">
        Whoever opens it first chooses the password.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>I have passed it on</Button>
      </Group>
    </Stack>
  );
}
