import type { Clock } from '../clock';
import type { AudioPort, LivePort, VoicePort } from '../ports';
import { Store } from '../store';
import { RoomVoice } from './roomVoice';

/** Every room that this page hears, each with its own volume, and the one that is talked into. */
export class Voices {
  readonly rooms = new Store<readonly RoomVoice[]>([]);
  /** The code of the room that the key talks into. */
  readonly selected = new Store<string | null>(null);

  constructor(
    private readonly hub: VoicePort,
    private readonly live: LivePort,
    private readonly audio: AudioPort,
    private readonly clock: Clock,
  ) {}

  /** Hears a room; the first one is talked into. */
  listen(code: string): void {
    let voice = this.rooms.value.find((room) => room.code === code);
    if (!voice) {
      voice = new RoomVoice(code, this.hub, this.live, this.audio, this.clock);
      this.rooms.set([...this.rooms.value, voice]);
    }
    if (this.selected.value === null) this.selected.set(code);
    voice.start();
  }

  leave(code: string): void {
    this.rooms.value.find((room) => room.code === code)?.stop();
    this.rooms.set(this.rooms.value.filter((room) => room.code !== code));
    if (this.selected.value === code) this.selected.set(this.rooms.value[0]?.code ?? null);
  }

  /** Talks into another room; a key that is held goes up first, so that nothing said for one is heard in the other. */
  select(code: string): void {
    this.release();
    this.selected.set(code);
  }

  press(): void {
    this.rooms.value.find((room) => room.code === this.selected.value)?.press();
  }

  release(): void {
    for (const room of this.rooms.value) room.release();
  }

  end(): void {
    for (const room of this.rooms.value) room.stop();
    this.rooms.set([]);
    this.selected.set(null);
  }
}
