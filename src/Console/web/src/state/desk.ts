import type { Clock } from './clock';
import { DirectoryStore } from './directoryStore';
import { ListsFeed } from './listsFeed';
import type { AudioPort, DirectoryPort, LivePort, RoomsPort, Session, VoicePort } from './ports';
import { RoomDesk } from './room/roomDesk';
import { Scope } from './scope';
import { type End, Store } from './store';
import { Voices } from './voice/voices';

/** How the hub is reached. */
export interface HubPorts {
  readonly rooms: RoomsPort;
  readonly people: DirectoryPort;
  readonly live: LivePort;
  readonly voice: VoicePort;
  readonly audio: AudioPort;
}

/** Everything that a signed-in person has before them. */
export class Desk {
  readonly lists: ListsFeed;
  readonly directory: DirectoryStore;
  /** The room that is looked at. */
  readonly shown = new Store<RoomDesk | null>(null);
  readonly voices: Voices;
  private readonly scope = new Scope();

  constructor(
    readonly session: Session,
    readonly hub: HubPorts,
    private readonly clock: Clock,
  ) {
    this.lists = new ListsFeed(session.agency, hub.live, clock, this.scope);
    this.directory = new DirectoryStore(hub.people);
    this.voices = new Voices(hub.voice, hub.live, hub.audio, clock);
    this.scope.add(
      hub.live.status.subscribe(() => {
        // What the directory offers may have changed while the hub could not be reached.
        if (hub.live.status.value.kind === 'connected') void this.directory.read();
      }),
    );
    this.scope.add(() => hub.live.stop());
    this.scope.add(() => this.voices.end());
    this.scope.add(() => this.shown.value?.end());
    void this.directory.read();
    hub.live.start();
  }

  /** Puts a room on the desk until it is put away. */
  show(code: string): End {
    const room = new RoomDesk(code, this.hub.rooms, this.hub.live, this.clock);
    this.shown.set(room);
    return () => {
      room.end();
      if (this.shown.value === room) this.shown.set(null);
    };
  }

  end(): void {
    this.scope.end();
  }
}
