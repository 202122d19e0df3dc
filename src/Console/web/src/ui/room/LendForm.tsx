import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ShareDirection } from '../../realtime/contracts';
import { findAgency } from '../../state/directoryStore';
import { carriesVoice, offersOf } from '../../state/room/offers';
import { shareDirections, shareDirectionWords } from '../../state/words';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** What the own agency has and has not lent into the room yet, and on which terms. */
export function LendForm() {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const view = useStore(directory.view);
  const [key, setKey] = useState<string | null>(null);
  const [direction, setDirection] = useState<ShareDirection>('both');
  const [ends, setEnds] = useState('');
  const [conditions, setConditions] = useState('');
  const act = useAct();
  const offers = offersOf(findAgency(view, session.agency), room.shares);
  const chosen = offers.find((offer) => offer.key === key) ?? null;
  if (offers.length === 0) return null;
  const lend = async () => {
    if (chosen === null) return;
    const until = ends === '' ? null : new Date(ends).toISOString();
    const { kind, resource } = chosen;
    const terms = { kind, resource, direction: carriesVoice(kind) ? direction : null, ends: until, conditions: conditions.trim() || null };
    if (!(await act.run(() => desk.rooms.lend(room.code, terms)))?.ok) return;
    setKey(null);
    setDirection('both');
    setEnds('');
    setConditions('');
  };
  return (
    <form
      aria-label="Lend a resource"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void lend();
      }}
    >
      <Select
        label="Lend what is yours"
        placeholder="Choose"
        searchable
        data={offers.map((offer) => ({ value: offer.key, label: offer.label }))}
        value={key}
        onChange={setKey}
        error={fieldError(act.problem, 'resource')}
        style={{ flex: '1 1 160px' }}
      />
      {chosen !== null && (
        <>
          {carriesVoice(chosen.kind) && (
            <Select
              label="Direction"
              allowDeselect={false}
              data={shareDirections.map((each) => ({ value: each, label: shareDirectionWords[each] }))}
              value={direction}
              onChange={(value) => value !== null && setDirection(value)}
              error={fieldError(act.problem, 'direction')}
              style={{ flex: '1 1 130px' }}
            />
          )}
          <TextInput
            label="Until (left out: until withdrawn)"
            type="datetime-local"
            value={ends}
            onChange={(event) => setEnds(event.currentTarget.value)}
            error={fieldError(act.problem, 'ends')}
          />
          <TextInput
            label="Conditions"
            placeholder="no recording"
            maxLength={500}
            value={conditions}
            onChange={(event) => setConditions(event.currentTarget.value)}
            error={fieldError(act.problem, 'conditions')}
            style={{ flex: '1 1 140px' }}
          />
        </>
      )}
      <Button type="submit" variant="default" loading={act.busy} disabled={chosen === null || stale}>
        Lend
      </Button>
      <ProblemText problem={act.problem} fields={['resource', 'direction', 'ends', 'conditions']} />
    </form>
  );
}
