import { Button, Slider } from '@mantine/core';
import { IconEar, IconMicrophone, IconVolume } from '@tabler/icons-react';
import { isMember } from '../../state/authority';
import type { RoomVoice } from '../../state/voice/roomVoice';
import { ProblemText } from '../common/ProblemText';
import { useDesk, useRoom } from '../contexts';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** Listening to the room and talking into it, from this page. */
export function VoicePanel() {
  const { session, voices } = useDesk();
  const { room } = useRoom();
  const voice = useStore(voices.rooms).find((each) => each.code === room.code);
  if (session.role === 'observer' || !isMember(session, room) || room.state === 'closed') return null;
  return (
    <section className="panel" aria-labelledby="voice-heading">
      <header>
        <h2 id="voice-heading">Your voice</h2>
      </header>
      <div className="body">
        {voice ? (
          <Heard voice={voice} />
        ) : (
          <Button leftSection={<IconEar size={18} aria-hidden />} onClick={() => voices.listen(room.code)}>
            Listen here
          </Button>
        )}
      </div>
    </section>
  );
}

function Heard({ voice }: { voice: RoomVoice }) {
  const { voices } = useDesk();
  const view = useStore(voice.view);
  const volume = useStore(voice.volume);
  const selected = useStore(voices.selected) === voice.code;
  return (
    <>
      <div className={styles.voice}>
        <span role="status" data-voice={view.kind}>
          {words[view.kind]}
        </span>
        <IconVolume size={18} aria-hidden />
        <Slider className={styles.volume} thumbLabel="Volume of this room" label={null} min={0} max={1} step={0.05} value={volume} onChange={(value) => voice.setVolume(value)} />
        <Button variant="default" size="xs" onClick={() => voices.leave(voice.code)}>
          Stop listening
        </Button>
      </div>
      {view.kind === 'heard' && !selected && <Button onClick={() => voices.select(voice.code)}>Talk into this room</Button>}
      {view.kind === 'heard' && selected && view.noMicrophone === null && <TalkKey voice={voice} />}
      {view.kind === 'heard' && view.noMicrophone !== null && <ProblemText problem={view.noMicrophone} />}
      {(view.kind === 'lost' || view.kind === 'refused') && <ProblemText problem={view.problem} />}
    </>
  );
}

const words = {
  off: 'Not listening',
  connecting: 'Connecting',
  heard: 'You hear this room',
  lost: 'Lost; trying again',
  refused: 'Not connected',
} as const;

function TalkKey({ voice }: { voice: RoomVoice }) {
  const talk = useStore(voice.talk);
  return (
    <>
      <Button
        fullWidth
        size="lg"
        color={talk.talking ? 'red' : 'gray'}
        aria-pressed={talk.talking}
        data-held={talk.held || undefined}
        leftSection={<IconMicrophone size={20} aria-hidden />}
        onPointerDown={() => voice.press()}
        onPointerUp={() => voice.release()}
        onPointerLeave={() => voice.release()}
        onPointerCancel={() => voice.release()}
      >
        {talk.talking ? 'TALK' : talk.held ? 'Asking' : 'Hold to talk, or hold the space bar'}
      </Button>
      {talk.problem && <ProblemText problem={talk.problem} />}
    </>
  );
}
