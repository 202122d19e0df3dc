import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Invitee, Role } from '../../realtime/contracts';
import { agencyName, findAgency } from '../../state/directoryStore';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

type Whom = 'agency' | 'person' | 'commander' | 'dispatcher';

const whoms: readonly { value: Whom; label: string }[] = [
  { value: 'agency', label: 'The agency' },
  { value: 'commander', label: 'Its commanders' },
  { value: 'dispatcher', label: 'Its dispatchers' },
  { value: 'person', label: 'A person' },
];

const empty = { agency: null as string | null, whom: 'agency' as Whom, person: '', call: '' };
const noWords = { purpose: '', handling: '', patience: '' };
const fields = ['agency', 'person', 'role', 'call', 'patienceSeconds', 'handling'];

/** Asks somebody in, and names who comes after them when nobody accepts. */
export function AskIn() {
  const { directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const view = useStore(directory.view);
  const [one, setOne] = useState(empty);
  const [before, setBefore] = useState<readonly Invitee[]>([]);
  const [words, setWords] = useState(noWords);
  const [more, setMore] = useState(false);
  const act = useAct();
  const agencies = view.kind === 'shown' ? view.agencies : [];
  const called = one.agency === null || one.whom === 'person' ? null : (findAgency(view, one.agency)?.agency.desk ?? null);
  const people = (one.agency === null ? null : findAgency(view, one.agency)?.people) ?? [];
  const named = (): Invitee | null => {
    if (one.agency === null || (one.whom === 'person' && one.person.trim() === '')) return null;
    const role: Role | null = one.whom === 'commander' || one.whom === 'dispatcher' ? one.whom : null;
    return { agency: one.agency, person: one.whom === 'person' ? one.person.trim() : null, role, call: one.call.trim() || null, patienceSeconds: minutes(words.patience) };
  };
  const all = (): readonly Invitee[] => [...before, ...[named()].filter((each) => each !== null)];
  const ask = async () => {
    const [first, ...next] = all();
    if (!first) return;
    const asked = { ...first, purpose: words.purpose.trim() || null, handling: words.handling.trim() || null, next };
    if (!(await act.run(() => desk.rooms.invite(room.code, asked)))?.ok) return;
    setOne(empty);
    setBefore([]);
    setWords(noWords);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      {before.length > 0 && (
        <div style={{ flex: '1 1 100%' }}>
          First {before.map((each) => each.person ?? `${agencyName(view, each.agency)}${each.role ? ` (${each.role})` : ''}`).join(', then ')}, then:
        </div>
      )}
      <Select
        label="Invite"
        placeholder="Choose an agency"
        searchable
        nothingFoundMessage="No such agency"
        data={agencies.map((each) => ({ value: each.agency.id, label: each.agency.name }))}
        value={one.agency}
        error={fieldError(act.problem, 'agency')}
        onChange={(agency) => setOne({ ...empty, agency })}
        style={{ flex: '1 1 160px' }}
      />
      <Select label="Whom" allowDeselect={false} data={[...whoms]} value={one.whom} error={fieldError(act.problem, 'role')} onChange={(whom) => whom && setOne({ ...one, whom })} style={{ flex: '1 1 150px' }} />
      {one.whom === 'person' &&
        (people.length > 0 ? (
          <Select label="Person" searchable data={people.map((each) => ({ value: each.id, label: each.name }))} value={one.person || null} onChange={(person) => setOne({ ...one, person: person ?? '' })} />
        ) : (
          <TextInput label="Person's id" value={one.person} error={fieldError(act.problem, 'person')} onChange={(event) => setOne({ ...one, person: event.currentTarget.value })} />
        ))}
      <TextInput label="What for" maxLength={500} value={words.purpose} onChange={(event) => setWords({ ...words, purpose: event.currentTarget.value })} style={{ flex: '1 1 110px' }} />
      <TextInput
        label="Call"
        description={one.agency === null || one.whom === 'person' ? undefined : called === null ? 'The directory names no duty desk: nobody is called unless you name an address' : 'Left empty, its duty desk is called'}
        placeholder={called ?? 'sip:name@host'}
        maxLength={512}
        value={one.call}
        error={fieldError(act.problem, 'call')}
        onChange={(event) => setOne({ ...one, call: event.currentTarget.value })}
        style={{ flex: '1 1 100%' }}
      />
      {more && (
        <>
          <TextInput
            label="Handling"
            description="Left empty, what your agency's entry says"
            maxLength={500}
            value={words.handling}
            error={fieldError(act.problem, 'handling')}
            onChange={(event) => setWords({ ...words, handling: event.currentTarget.value })}
            style={{ flex: '1 1 100%' }}
          />
          <TextInput
            label="Minutes to answer"
            inputMode="decimal"
            placeholder="2 when another follows"
            value={words.patience}
            error={fieldError(act.problem, 'patienceSeconds')}
            onChange={(event) => setWords({ ...words, patience: event.currentTarget.value })}
          />
          <Button
            variant="default"
            disabled={named() === null}
            onClick={() => {
              setBefore(all());
              setOne(empty);
            }}
          >
            And if nobody answers, another
          </Button>
        </>
      )}
      <Button variant="subtle" aria-expanded={more} onClick={() => setMore(!more)}>
        {more ? 'Less' : 'More'}
      </Button>
      <Button type="submit" variant="default" loading={act.busy} disabled={all().length === 0 || stale}>
        Invite
      </Button>
      <ProblemText problem={act.problem} fields={fields} />
    </form>
  );
}

function minutes(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : Math.round(value * 60);
}
