import { Button, Group, Popover, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

interface Asked {
  readonly label: ReactNode;
  readonly name: string;
  readonly question: string;
  readonly yes: string;
  readonly disabled?: boolean;
  readonly onYes: () => void;
}

/** A button for what cannot simply be undone: it asks once more, in place. */
export function ConfirmButton({ label, name, question, yes, disabled = false, onYes }: Asked) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" withArrow trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="default" disabled={disabled} onClick={() => setOpen(true)} aria-label={name}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={320}>
        <Text size="sm" mb="xs">
          {question}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
            Keep
          </Button>
          <Button
            size="compact-sm"
            color="red"
            onClick={() => {
              setOpen(false);
              onYes();
            }}
          >
            {yes}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
