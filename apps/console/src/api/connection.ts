import { useEffect, useSyncExternalStore } from 'react';
import { passes } from './problem.js';
import { queryClient } from './query-client.js';

/** Whoever else waits for the server, the event stream for one, says so here. */
class Waiting {
  private readonly who = new Set<string>();
  private readonly listeners = new Set<() => void>();

  set(name: string, waits: boolean): void {
    const before = this.who.has(name);
    if (waits) this.who.add(name);
    else this.who.delete(name);
    if (before !== waits) for (const tell of this.listeners) tell();
  }

  get any(): boolean {
    return this.who.size > 0;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export const waiting = new Waiting();

const lost = (): boolean =>
  waiting.any ||
  queryClient
    .getQueryCache()
    .getAll()
    .some(({ state }) => state.fetchStatus === 'fetching' && passes(state.fetchFailureReason));

const subscribe = (listener: () => void): (() => void) => {
  const stops = [queryClient.getQueryCache().subscribe(listener), waiting.subscribe(listener)];
  return () => stops.forEach((stop) => stop());
};

/** Something on the page waits for a server that does not answer. Once it answers, whatever is shown is asked for again. */
export function useConnectionLost(): boolean {
  const isLost = useSyncExternalStore(subscribe, lost);
  useEffect(() => (isLost ? () => void queryClient.invalidateQueries() : undefined), [isLost]);
  return isLost;
}
