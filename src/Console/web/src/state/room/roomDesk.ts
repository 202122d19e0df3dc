import type { LegId, LegMode, LegView } from '../../realtime/contracts';
import type { Clock } from '../clock';
import type { LivePort, RoomsPort } from '../ports';
import { Scope } from '../scope';
import { Control } from './control';
import { RecordReader } from './recordReader';
import { RecordingsReader } from './recordingsReader';
import { RoomFeed } from './roomFeed';

/** One room on the desk: what it is, and the controls of its legs. */
export class RoomDesk {
  readonly feed: RoomFeed;
  readonly record: RecordReader;
  readonly recordings: RecordingsReader;
  private readonly scope = new Scope();
  private readonly modes = new Map<LegId, Control<LegMode>>();
  private readonly gains = new Map<LegId, Control<number>>();

  constructor(
    readonly code: string,
    readonly rooms: RoomsPort,
    live: LivePort,
    private readonly clock: Clock,
  ) {
    this.feed = new RoomFeed(code, live, clock, this.scope);
    this.record = new RecordReader(code, rooms);
    this.recordings = new RecordingsReader(code, rooms);
    this.scope.add(this.feed.view.subscribe(() => this.confirmControls()));
    this.scope.add(() => this.forget(() => true));
  }

  /** The control of what a leg may do; it lives as long as the leg is in the roster. */
  mode(leg: LegView): Control<LegMode> {
    const known = this.modes.get(leg.id);
    if (known) return known;
    const control = new Control<LegMode>(leg.mode, (mode) => this.rooms.setMode(this.code, leg.id, mode), this.clock);
    this.modes.set(leg.id, control);
    return control;
  }

  /** The control of how loud a leg is heard, in dB beside what comes. */
  gain(leg: LegView): Control<number> {
    const known = this.gains.get(leg.id);
    if (known) return known;
    const control = new Control<number>(leg.gain, (gain) => this.rooms.setGain(this.code, leg.id, gain), this.clock);
    this.gains.set(leg.id, control);
    return control;
  }

  end(): void {
    this.scope.end();
  }

  private confirmControls(): void {
    const view = this.feed.view.value;
    if (view.kind !== 'shown') return;
    const legs = new Map(view.room.legs.map((leg) => [leg.id, leg]));
    for (const [id, leg] of legs) {
      this.modes.get(id)?.confirm(leg.mode);
      this.gains.get(id)?.confirm(leg.gain);
    }
    this.forget((id) => !legs.has(id));
  }

  private forget(which: (id: LegId) => boolean): void {
    for (const controls of [this.modes, this.gains])
      for (const [id, control] of controls) {
        if (!which(id)) continue;
        control.end();
        controls.delete(id);
      }
  }
}
