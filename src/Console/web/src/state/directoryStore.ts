import type { DirectoryAgency, DirectoryPhone, DirectoryPort, Problem } from './ports';
import { Store } from './store';

export type DirectoryView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'shown'; readonly agencies: readonly DirectoryAgency[] };

/** The agencies and what they offer, as of the last time it was read. */
export class DirectoryStore {
  readonly view = new Store<DirectoryView>({ kind: 'loading' });
  /** The own agency's phones; null until they were read. */
  readonly phones = new Store<readonly DirectoryPhone[] | null>(null);

  constructor(private readonly port: DirectoryPort) {}

  async readPhones(): Promise<void> {
    const answer = await this.port.phones();
    // Whether a phone is registered is true for a moment only: what could not be read again is not shown as if it were so still.
    this.phones.set(answer.ok ? answer.value : null);
  }

  async read(): Promise<void> {
    const answer = await this.port.directory();
    if (answer.ok) this.view.set({ kind: 'shown', agencies: answer.value });
    else if (this.view.value.kind !== 'shown') this.view.set({ kind: 'failed', problem: answer.problem });
  }
}

export function findAgency(view: DirectoryView, id: string): DirectoryAgency | null {
  return view.kind === 'shown' ? (view.agencies.find((each) => each.agency.id === id) ?? null) : null;
}

/** An agency as people call it; its id until the directory is here. */
export function agencyName(view: DirectoryView, id: string): string {
  return findAgency(view, id)?.agency.name ?? id;
}
