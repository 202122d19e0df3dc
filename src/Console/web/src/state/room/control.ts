import type { Clock } from '../clock';
import type { Problem, Result } from '../ports';
import { type End, Store } from '../store';

/** A control as it is: what the hub has confirmed, what was asked for, and whether that is still open. */
export interface ControlView<T> {
  readonly confirmed: T;
  readonly desired: T;
  readonly pending: boolean;
  readonly problem: Problem | null;
}

const confirmWithin = 5_000;

/** Holds a wish until the hub confirms it; what lights up is only what is confirmed. */
export class Control<T> {
  readonly view: Store<ControlView<T>>;
  private attempt = 0;
  private cancelWait: End = () => undefined;

  constructor(
    confirmed: T,
    private readonly send: (desired: T) => Promise<Result<unknown>>,
    private readonly clock: Clock,
  ) {
    this.view = new Store({ confirmed, desired: confirmed, pending: false, problem: null });
  }

  ask(desired: T): void {
    const { confirmed, pending } = this.view.value;
    if (desired === confirmed && !pending) return;
    const attempt = ++this.attempt;
    this.cancelWait();
    this.view.set({ confirmed, desired, pending: true, problem: null });
    void this.send(desired).then((answer) => {
      // What was asked later decides.
      if (attempt !== this.attempt) return;
      if (!answer.ok) this.giveUp(answer.problem);
      else if (this.view.value.confirmed === desired) this.view.set({ ...this.view.value, pending: false });
      else this.cancelWait = this.clock.after(confirmWithin, () => this.giveUp(unconfirmed));
    });
  }

  /** What the room says now. */
  confirm(confirmed: T): void {
    const view = this.view.value;
    if (confirmed === view.confirmed && (view.pending || confirmed === view.desired)) return;
    if (view.pending && confirmed !== view.desired) this.view.set({ ...view, confirmed });
    else {
      this.cancelWait();
      this.view.set({ confirmed, desired: confirmed, pending: false, problem: null });
    }
  }

  end(): void {
    this.attempt++;
    this.cancelWait();
  }

  private giveUp(problem: Problem): void {
    const { confirmed } = this.view.value;
    this.view.set({ confirmed, desired: confirmed, pending: false, problem });
  }
}

const unconfirmed: Problem = {
  status: 0,
  code: 'console.unconfirmed',
  text: 'The hub took it, but the room does not show it. Look again before you rely on it.',
  field: null,
};
