import type { End } from './store';

/** The life of something on the screen: what was begun in it ends with it. */
export class Scope {
  private readonly ends: End[] = [];
  private over = false;

  get ended(): boolean {
    return this.over;
  }

  /** Ends this too when the scope ends; at once when it has ended already. */
  add(end: End): void {
    if (this.over) end();
    else this.ends.push(end);
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    for (const end of this.ends.reverse()) end();
    this.ends.length = 0;
  }
}
