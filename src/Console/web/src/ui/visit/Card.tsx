import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The page before one is in. */
export function Card({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Center component="main" mih="100%" p="md">
      <Paper withBorder p="xl" w={460} maw="100%" bg="dark.7">
        <Stack gap="md">
          <div>
            <Text fw={650} c="blue.3">
              Interop
            </Text>
            <Title order={1} size="h3">
              {title}
            </Title>
            {text && (
              <Text className="quiet" mt={4}>
                {text}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
