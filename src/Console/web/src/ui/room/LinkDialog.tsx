import { Button, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../../realtime/contracts';
import type { MadeLink } from '../../state/ports';
import { ProblemText } from '../common/ProblemText';
import { useRoom } from '../contexts';
import { useAct } from '../useAct';

const lives = [
  { value: '900', label: '15 minutes' },
  { value: '3600', label: 'An hour' },
  { value: '14400', label: 'Four hours' },
  { value: '86400', label: 'A day' },
];

/** For whom a link is, what it lets them do, and how long. */
export function LinkDialog({ onMade, onClose }: { onMade: (link: MadeLink) => void; onClose: () => void }) {
  const { desk, room, stale } = useRoom();
  const [draft, setDraft] = useState({ for: '', purpose: '', handling: '', role: 'member' as Role, uses: 1, life: '14400' });
  const act = useAct();
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const make = async () => {
    const answer = await act.run(() =>
      desk.rooms.makeLink(room.code, {
        role: draft.role,
        for: draft.for.trim() || null,
        purpose: draft.purpose.trim() || null,
        handling: draft.handling.trim() || null,
        uses: draft.uses,
        lifeSeconds: Number(draft.life),
      }),
    );
    if (answer?.ok) onMade(answer.value);
  };
  return (
    <Modal opened onClose={onClose} title="Make a link">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Stack gap="sm">
          <TextInput label="For whom" maxLength={200} value={draft.for} onChange={(event) => change({ for: event.currentTarget.value })} data-autofocus />
          <TextInput label="What for" description="Shown before they accept" maxLength={500} value={draft.purpose} onChange={(event) => change({ purpose: event.currentTarget.value })} />
          <TextInput label="Handling" description="Left empty, what your agency's entry says" maxLength={500} value={draft.handling} onChange={(event) => change({ handling: event.currentTarget.value })} />
          <Select
            label="What they may do"
            allowDeselect={false}
            data={[
              { value: 'member', label: 'Take part: hear, talk, write' },
              { value: 'observer', label: 'Read: roster, chat, video' },
            ]}
            value={draft.role}
            onChange={(role) => change({ role: role === 'observer' ? 'observer' : 'member' })}
          />
          <NumberInput label="How many may answer" min={1} max={100} value={draft.uses} onChange={(uses) => change({ uses: Number(uses) || 1 })} />
          <Select label="How long it can be answered" allowDeselect={false} data={lives} value={draft.life} onChange={(life) => change({ life: life ?? draft.life })} />
          <ProblemText problem={act.problem} />
          <Button type="submit" loading={act.busy} disabled={stale}>
            Make the link
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
