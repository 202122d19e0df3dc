import type { RecordedSegment } from '../../realtime/contracts';
import type { Problem, RoomsPort } from '../ports';
import { Store } from '../store';

export interface RecordingsView {
  /** Newest first. */
  readonly segments: readonly RecordedSegment[];
  readonly reading: boolean;
  readonly more: boolean;
  readonly problem: Problem | null;
}

const page = 100;

/** Reads what is kept of a room's voice: the newest, and older ones when they are asked for. */
export class RecordingsReader {
  readonly view = new Store<RecordingsView>({ segments: [], reading: false, more: false, problem: null });
  private again = false;

  constructor(
    private readonly code: string,
    private readonly rooms: RoomsPort,
  ) {}

  /** Reads anew; asked again while it reads, it looks once more afterwards. */
  async read(): Promise<void> {
    this.again = true;
    if (this.view.value.reading) return;
    while (this.again) {
      this.again = false;
      // A piece of the mix is entered after the talk in it, and what was deleted is gone from the middle: the whole is read anew.
      await this.readPage(null, Math.max(page, this.view.value.segments.length));
    }
  }

  async readOlder(): Promise<void> {
    const last = this.view.value.segments.at(-1);
    if (last && !this.view.value.reading) await this.readPage(last.startedAt, page);
  }

  private async readPage(before: string | null, count: number): Promise<void> {
    const held = this.view.value;
    this.view.set({ ...held, reading: true, problem: null });
    const most = Math.min(count, 1000);
    const answer = await this.rooms.recordings(this.code, before, most);
    this.view.set(
      answer.ok
        ? { segments: before === null ? answer.value : [...held.segments, ...answer.value], reading: false, more: answer.value.length === most, problem: null }
        : { ...held, reading: false, problem: answer.problem },
    );
  }
}
