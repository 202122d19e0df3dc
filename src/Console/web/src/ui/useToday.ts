import { useSyncExternalStore } from 'react';
import { dayOf } from '../state/time';

const lookEvery = 60_000;

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, lookEvery);
  return () => clearInterval(timer);
}

/** The day it is; a page that stays open past midnight must not show yesterday's times as today's. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, () => dayOf(new Date()));
}
