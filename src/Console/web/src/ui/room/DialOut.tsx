import { Button, Checkbox, TextInput } from '@mantine/core';
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
  const [ask, setAsk] = useState(true);
  const [purpose, setPurpose] = useState('');
  const act = useAct();
  const dial = async () => {
    const call = { uri: uri.trim(), name: name.trim() || null, ask, purpose: ask ? purpose.trim() || null : null };
    if (!(await act.run(() => desk.rooms.dial(room.code, call)))?.ok) return;
    setUri('');
    setName('');
    setPurpose('');
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
      <div className={styles.ask}>
        <Checkbox
          label="Ask first: they press 1 to join"
          description={ask ? 'They hear which agency calls, and nothing of the room before they press a key.' : 'Whoever picks up hears the room and is heard at once.'}
          checked={ask}
          onChange={(event) => setAsk(event.currentTarget.checked)}
        />
        {ask && (
          <TextInput
            label="What for"
            maxLength={500}
            value={purpose}
            error={fieldError(act.problem, 'purpose')}
            onChange={(event) => setPurpose(event.currentTarget.value)}
            style={{ flex: '1 1 160px' }}
          />
        )}
      </div>
      <Button type="submit" loading={act.busy} disabled={stale}>
        Call
      </Button>
      <ProblemText problem={act.problem} fields={['uri', 'purpose']} />
    </form>
  );
}
