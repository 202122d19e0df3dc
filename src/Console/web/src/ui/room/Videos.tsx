import { Anchor, Autocomplete, Button, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { VideoLink } from '../../realtime/contracts';
import { mayAddVideo, mayRemoveVideo } from '../../state/authority';
import { agencyName, findAgency } from '../../state/directoryStore';
import { webLink } from '../../state/links';
import { ConfirmButton } from '../common/ConfirmButton';
import { fieldError, ProblemText } from '../common/ProblemText';
import { Time } from '../common/Time';
import { useDesk, useRoom } from '../contexts';
import { useAct } from '../useAct';
import { useStore } from '../useStore';
import styles from './room.module.css';

/** Links to video; they open beside the console. */
export function Videos() {
  const { session } = useDesk();
  const { room } = useRoom();
  return (
    <section className="panel" aria-labelledby="videos-heading">
      <header>
        <h2 id="videos-heading">Video links</h2>
      </header>
      {room.videos.length === 0 && <div className="body quiet">None.</div>}
      <ul className="rows">
        {room.videos.map((video) => (
          <Row key={video.id} video={video} />
        ))}
      </ul>
      {mayAddVideo(session, room) && room.state !== 'closed' && <Add />}
    </section>
  );
}

function Row({ video }: { video: VideoLink }) {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const names = useStore(directory.view);
  const act = useAct();
  const link = webLink(video.url);
  return (
    <li className={styles.row}>
      <div className={styles.grow}>
        {link ? (
          <Anchor href={link} target="_blank" rel="noopener noreferrer" fw={600}>
            {video.title} <IconExternalLink size={15} role="img" aria-label="opens in a new tab" />
          </Anchor>
        ) : (
          <span>
            <strong>{video.title}</strong> <span className="mono">{video.url}</span>
          </span>
        )}
        <div className={`quiet ${styles.small ?? ''}`}>
          {agencyName(names, video.agency)}, {video.postedBy}, <Time at={video.at} />
        </div>
        <ProblemText problem={act.problem} />
      </div>
      {mayRemoveVideo(session, room, video) && room.state !== 'closed' && (
        <ConfirmButton
          label="Remove"
          name={`Remove ${video.title}`}
          question={`Take the link to ${video.title} out of the room?`}
          yes="Remove"
          disabled={stale || act.busy}
          onYes={() => void act.run(() => desk.rooms.removeVideo(room.code, video.id))}
        />
      )}
    </li>
  );
}

function Add() {
  const { session, directory } = useDesk();
  const { desk, room, stale } = useRoom();
  const view = useStore(directory.view);
  const [title, setTitle] = useState('');
  const [url, setUrl] = useState('');
  const act = useAct();
  const cameras = (findAgency(view, session.agency)?.cameras ?? []).filter((camera) => webLink(camera.url) !== null);
  const choose = (name: string) => {
    setTitle(name);
    const camera = cameras.find((each) => each.name === name);
    if (camera?.url) setUrl(camera.url);
  };
  const add = async () => {
    if (!(await act.run(() => desk.rooms.addVideo(room.code, title.trim(), url.trim())))?.ok) return;
    setTitle('');
    setUrl('');
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Autocomplete
        label="Video title"
        placeholder="Or one of your cameras"
        required
        maxLength={200}
        data={[...new Set(cameras.map((camera) => camera.name))]}
        value={title}
        error={fieldError(act.problem, 'title')}
        onChange={choose}
        style={{ flex: '1 1 130px' }}
      />
      <TextInput
        label="Address"
        type="url"
        placeholder="https://"
        required
        maxLength={2000}
        pattern="[hH][tT][tT][pP][sS]?://.+"
        title="An http or https address"
        value={url}
        error={fieldError(act.problem, 'url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
        style={{ flex: '1 1 130px' }}
      />
      <Button type="submit" variant="default" loading={act.busy} disabled={stale}>
        Add
      </Button>
      <ProblemText problem={act.problem} fields={['title', 'url']} />
    </form>
  );
}
