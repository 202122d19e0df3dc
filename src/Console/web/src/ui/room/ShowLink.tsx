import { Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import type { MadeLink } from '../../state/ports';
import { CopyText } from '../common/CopyText';

/** A link that was made, to send or to have scanned. It is never shown again: the hub keeps only its hash. */
export function ShowLink({ made, onClose }: { made: MadeLink; onClose: () => void }) {
  const address = `${window.location.origin}${made.path}`;
  return (
    <Modal opened onClose={onClose} title={`Link for ${made.link.for ?? 'a guest'}`}>
      <Stack gap="sm" align="center">
        <div style={{ background: 'white', borderRadius: 6 }}>
          <QRCodeSVG value={address} size={240} level="M" marginSize={4} title="The link as a QR code" />
        </div>
        <Group gap="xs" w="100%" wrap="nowrap" align="flex-end">
          <TextInput label="Link" readOnly value={address} onFocus={(event) => event.currentTarget.select()} style={{ flex: 1 }} />
          <CopyText value={address} label="Copy the link" />
        </Group>
        <Text size="sm" className="quiet">
          It is shown this once. Whoever has it can come in, so send it as you would send a key.
        </Text>
      </Stack>
    </Modal>
  );
}
