import { Autocomplete, Button, Group, Modal, MultiSelect, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { findAgency } from '../../state/directoryStore';
import { emptyDraft, newRoom, placeError, type RoomDraft } from '../../state/roomDraft';
import { commonRoomTypes, priorities, priorityWords } from '../../state/words';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useDesk, useNavigate } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';

/** Opens a room, asks agencies in and lends channels, in one go. */
export function OpenRoomDialog({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const navigate = useNavigate();
  const directory = useStore(desk.directory.view);
  const [draft, setDraft] = useState<RoomDraft>(emptyDraft);
  const act = useAct();
  const change = (part: Partial<RoomDraft>) => setDraft((held) => ({ ...held, ...part }));
  const agencies = directory.kind === 'shown' ? directory.agencies.filter((each) => each.agency.id !== desk.session.agency) : [];
  const channels = findAgency(directory, desk.session.agency)?.channels ?? [];

  const submit = async () => {
    const answer = await act.run(() => desk.hub.rooms.open(newRoom(draft)));
    if (!answer?.ok) return;
    onClose();
    navigate({ kind: 'room', code: answer.value.code });
  };

  return (
    <Modal opened onClose={onClose} title="Open a room" size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': 'Close without opening' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Title"
            placeholder="What the incident is called"
            required
            maxLength={200}
            data-autofocus
            value={draft.title}
            error={fieldError(act.problem, 'title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <Autocomplete
              label="Type"
              description="Choose one, or write your own"
              required
              maxLength={40}
              data={commonRoomTypes}
              value={draft.type}
              error={fieldError(act.problem, 'type')}
              onChange={(type) => change({ type })}
            />
            <div>
              <Text component="div" size="sm" fw={500} id="priority-label">
                Priority
              </Text>
              <Text size="xs" className="quiet" mb={5}>
                Emergency: life in danger
              </Text>
              <SegmentedControl
                fullWidth
                aria-labelledby="priority-label"
                data={priorities.map((value) => ({ value, label: priorityWords[value] }))}
                value={draft.priority}
                onChange={(priority) => change({ priority })}
              />
            </div>
          </Group>
          <TextInput
            label="Place"
            placeholder="Address or description"
            maxLength={300}
            value={draft.place}
            error={fieldError(act.problem, 'place')}
            onChange={(event) => change({ place: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <NumberInput
              label="Latitude"
              description="Degrees, WGS 84"
              min={-90}
              max={90}
              decimalScale={6}
              hideControls
              value={draft.latitude}
              error={placeError(draft)}
              onChange={(latitude) => change({ latitude })}
            />
            <NumberInput
              label="Longitude"
              description="Degrees, WGS 84; west is negative"
              min={-180}
              max={180}
              decimalScale={6}
              hideControls
              value={draft.longitude}
              onChange={(longitude) => change({ longitude })}
            />
          </Group>
          <MultiSelect
            label="Invite agencies"
            placeholder={draft.invites.length === 0 ? 'Nobody yet' : ''}
            searchable
            hidePickedOptions
            nothingFoundMessage="No agency of that name in the directory"
            data={agencies.map((each) => ({ value: each.agency.id, label: each.agency.name }))}
            value={[...draft.invites]}
            onChange={(invites) => change({ invites })}
          />
          <MultiSelect
            label="Lend your channels"
            placeholder={draft.shares.length === 0 ? 'None yet' : ''}
            searchable
            hidePickedOptions
            nothingFoundMessage="Your agency has no such channel in the directory"
            data={channels.map((channel) => ({ value: channel.id, label: channel.name }))}
            value={[...draft.shares]}
            onChange={(shares) => change({ shares })}
          />
          <ProblemText problem={act.problem} fields={['title', 'type', 'place']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={act.busy} disabled={placeError(draft) !== null}>
              Open the room
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
