import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { connected } from '../../state/room/roster';
import { ProblemText } from '../common/ProblemText';
import { useRoom } from '../contexts';
import { useAct } from '../useAct';

/** Asks a second time, and names what closing ends. */
export function CloseDialog({ onDone }: { onDone: () => void }) {
  const { desk, room } = useRoom();
  const [reason, setReason] = useState('');
  const act = useAct();
  const count = connected(room);
  const close = async () => {
    if ((await act.run(() => desk.rooms.close(room.code, reason.trim() === '' ? null : reason.trim())))?.ok) onDone();
  };
  return (
    <Modal opened onClose={onDone} title={`Close “${room.title}”?`} closeButtonProps={{ 'aria-label': 'Keep the room open' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
        <Stack>
          <Text>
            {count === 0 ? 'Nobody is connected now.' : `${count} ${count === 1 ? 'party is' : 'parties are'} connected and will be cut off.`} Everyone in
            the room has 10 seconds to undo it. The record stays.
          </Text>
          <TextInput label="Reason" maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <ProblemText problem={act.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone} data-autofocus>
              Keep it open
            </Button>
            <Button type="submit" color="red" loading={act.busy}>
              Close the room
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
