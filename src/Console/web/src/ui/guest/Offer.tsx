import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LinkOffer } from '../../realtime/contracts';
import type { GuestVisit } from '../../state/guest/guestVisit';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { Terms } from '../room/Terms';
import { useAct } from '../useAct';
import { Card } from '../visit/Card';

/** Who invites, why, and on what terms; nothing of the incident before a yes. */
export function Offer({ visit, offer }: { visit: GuestVisit; offer: LinkOffer }) {
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [declining, setDeclining] = useState(false);
  const act = useAct();
  return (
    <Card title={`${offer.agencyName} asks you in`} text={`${offer.invitedBy} invites ${offer.for ?? 'you'} into an incident room.`}>
      <Stack gap="sm">
        {offer.purpose && <Text fw={600}>{offer.purpose}</Text>}
        <Terms terms={offer.terms} />
        <Text size="sm" className="quiet">
          {offer.role === 'observer' ? 'You will see who is there, the chat and the video links.' : 'You will hear and can talk, write, and see the video links.'} The invitation holds until <Time at={offer.expiresAt} />.
        </Text>
        {!declining && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void act.run(() => visit.accept(name.trim()));
            }}
          >
            <Stack gap="sm">
              <TextInput
                label="Your name"
                description="As everybody in the room and the record will see it"
                required
                maxLength={80}
                value={name}
                error={fieldError(act.problem, 'name')}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Group grow>
                <Button type="submit" color="green" loading={act.busy} disabled={name.trim() === ''}>
                  Accept and go in
                </Button>
                <Button variant="default" disabled={act.busy} onClick={() => setDeclining(true)}>
                  Decline
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        {declining && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void act.run(() => visit.decline(reason.trim() || null));
            }}
          >
            <Stack gap="sm">
              <TextInput label="Reason" description="May be left empty" maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
              <Group grow>
                <Button type="submit" color="red" loading={act.busy}>
                  Decline
                </Button>
                <Button variant="default" disabled={act.busy} onClick={() => setDeclining(false)}>
                  Back
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        <ProblemText problem={act.problem} fields={['name']} />
      </Stack>
    </Card>
  );
}
