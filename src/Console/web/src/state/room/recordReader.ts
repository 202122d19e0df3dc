import type { RecordLine } from '../../realtime/contracts';
import type { Problem, RoomsPort } from '../ports';
import { Store } from '../store';

export interface RecordView {
  readonly lines: readonly RecordLine[];
  readonly reading: boolean;
  readonly problem: Problem | null;
}

const page = 500;

/** Reads a room's record, oldest first, and reads on from where it stopped. */
export class RecordReader {
  readonly view = new Store<RecordView>({ lines: [], reading: false, problem: null });
  private asked = 0;

  constructor(
    private readonly code: string,
    private readonly rooms: RoomsPort,
  ) {}

  /** Reads what has come since; asked again while it reads, it looks once more afterwards. */
  async readOn(): Promise<void> {
    this.asked++;
    if (this.view.value.reading) return;
    for (let answered = 0; answered !== this.asked && this.view.value.problem === null; ) {
      answered = this.asked;
      await this.readToEnd();
    }
  }

  private async readToEnd(): Promise<void> {
    this.view.set({ ...this.view.value, reading: true, problem: null });
    for (;;) {
      const { lines } = this.view.value;
      const answer = await this.rooms.record(this.code, lines.at(-1)?.entry.version ?? 0, page);
      const more = answer.ok && answer.value.length === page;
      this.view.set({
        lines: answer.ok ? [...lines, ...answer.value] : lines,
        reading: more,
        problem: answer.ok ? null : answer.problem,
      });
      if (!more) return;
    }
  }
}
