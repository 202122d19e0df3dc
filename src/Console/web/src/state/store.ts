/** Ends a subscription, a timer or a watch. */
export type End = () => void;

/** A value that tells when it has changed, to be read but not set. */
export interface Readable<T> {
  readonly value: T;
  subscribe(listener: () => void): End;
}

/** A value that tells when it has changed. */
export class Store<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private held: T) {}

  get value(): T {
    return this.held;
  }

  set(value: T): void {
    if (Object.is(value, this.held)) return;
    this.held = value;
    for (const listener of [...this.listeners]) listener();
  }

  subscribe(listener: () => void): End {
    // Wrapped, so that the same listener given twice is two subscriptions.
    const own = () => listener();
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }
}
