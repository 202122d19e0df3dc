import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ChatLine } from '../../realtime/contracts';
import { mayChat } from '../../state/authority';
import { agencyName } from '../../state/directoryStore';
import { viaWords } from '../../state/words';
import { ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** What was written; the phones in the room get it as messages. */
export function Chat() {
  const { session } = useDesk();
  const { room } = useRoom();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    // Who reads further up is not pulled down by a new line.
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [room.chat]);
  return (
    <section className="panel" aria-labelledby="chat-heading">
      <header>
        <h2 id="chat-heading">Chat</h2>
      </header>
      <div
        ref={list}
        className={styles.chat}
        role="log"
        aria-label="Lines of chat"
        tabIndex={0}
        onScroll={({ currentTarget: box }) => {
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
        }}
      >
        {room.chat.length === 0 && <span className="quiet">Nothing written yet.</span>}
        {room.chat.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
      {mayChat(session, room) && room.state !== 'closed' && <Write />}
    </section>
  );
}

function Line({ line }: { line: ChatLine }) {
  const names = useStore(useDesk().directory.view);
  return (
    <div className={styles.line}>
      <div className={styles.small}>
        <strong>{line.from}</strong>{' '}
        <span className="quiet">
          {agencyName(names, line.agency)} · {viaWords(line.via)} · <Time at={line.at} />
        </span>
      </div>
      <p>{line.text}</p>
      {line.undelivered.map((each) => (
        <div key={each.leg} className={styles.undelivered}>
          Did not reach {each.name}: {each.cause}
        </div>
      ))}
    </div>
  );
}

function Write() {
  const { desk, room, stale } = useRoom();
  const [text, setText] = useState('');
  const act = useAct();
  const send = async () => {
    const sent = text;
    if (sent.trim() === '' || stale) return;
    // What was typed while the line was on its way is kept.
    if ((await act.run(() => desk.rooms.chat(room.code, sent)))?.ok) setText((now) => (now === sent ? '' : now));
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        label="Write to the room"
        description="Enter sends, Shift+Enter starts a new line"
        autosize
        minRows={1}
        maxRows={5}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
        style={{ flex: 1 }}
      />
      <Button type="submit" loading={act.busy} disabled={stale || text.trim() === ''}>
        Send
      </Button>
      <ProblemText problem={act.problem} />
    </form>
  );
}
