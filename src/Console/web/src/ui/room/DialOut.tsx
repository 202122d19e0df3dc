import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError, ProblemText } from '../common/ProblemText';
import { useRoom } from '../contexts';
import { useAct } from '../useAct';
import styles from './room.module.css';

/** Calls somebody into the room. */
export function DialOut() {
  const { desk, room, stale } = useRoom();
  const [uri, setUri] = useState('');
  const [name, setName] = useState('');
  const act = useAct();
  const dial = async () => {
    if (!(await act.run(() => desk.rooms.dial(room.code, uri.trim(), name.trim() === '' ? null : name.trim())))?.ok) return;
    setUri('');
    setName('');
  };
  return (
    <form
      className={styles.form}
      aria-label="Call into the room"
      onSubmit={(event) => {
        event.preventDefault();
        void dial();
      }}
    >
      <TextInput
        label="Call into the room"
        placeholder="sip:name@host"
        required
        maxLength={512}
        pattern="[sS][iI][pP][sS]?:.+"
        title="A SIP address, such as sip:name@host"
        value={uri}
        error={fieldError(act.problem, 'uri')}
        onChange={(event) => setUri(event.currentTarget.value)}
        style={{ flex: '2 1 200px' }}
      />
      <TextInput
        label="Shown as"
        placeholder="Name in the roster"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        style={{ flex: '1 1 140px' }}
      />
      <Button type="submit" loading={act.busy} disabled={stale}>
        Call
      </Button>
      <ProblemText problem={act.problem} fields={['uri']} />
    </form>
  );
}
