import { useCallback, useSyncExternalStore } from 'react';
import type { Readable } from '../state/store';

/** What a store holds, drawn again when it changes. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(
    useCallback((changed: () => void) => store.subscribe(changed), [store]),
    () => store.value,
  );
}
