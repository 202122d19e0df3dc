import { Center, Stack, Text, Title } from '@mantine/core';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';

export function Home() {
  const lists = useStore(useDesk().lists.view);
  const none = lists.kind === 'shown' && lists.rooms.length === 0;
  return (
    <Center h="100%">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          {none ? 'No room is open' : 'Choose a room'}
        </Title>
        <Text className="quiet">
          {none ? 'A room that is opened, or that you are invited to, appears on the left.' : 'The open rooms are on the left, the most urgent first.'}
        </Text>
      </Stack>
    </Center>
  );
}
