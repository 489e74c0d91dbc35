import { useEffect, useSyncExternalStore } from 'react';
import { passes, type Area } from './problem.js';
import { queryClient } from './query-client.js';

/** Waits that no query shows: of the event stream, and of calls that are not answered in time. */
class Waiting {
  private readonly who = new Map<unknown, Area>();
  private readonly listeners = new Set<() => void>();

  set(name: unknown, area: Area | undefined): void {
    if (this.who.get(name) === area) return;
    if (area === undefined) this.who.delete(name);
    else this.who.set(name, area);
    for (const notify of this.listeners) notify();
  }

  for(area: Area): boolean {
    return [...this.who.values()].includes(area);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export const waiting = new Waiting();

const lost = (area: Area): boolean =>
  waiting.for(area) ||
  queryClient
    .getQueryCache()
    .getAll()
    .some(({ state: { fetchStatus, fetchFailureReason: reason } }) => {
      return fetchStatus === 'fetching' && passes(reason) && reason.area === area;
    });

const since = new Map<Area, number>();

/** When it was lost, in epoch ms; undefined while it answers. The same number for as long as it is away. */
function lostSince(area: Area): number | undefined {
  if (!lost(area)) since.delete(area);
  else if (!since.has(area)) since.set(area, Date.now());
  return since.get(area);
}

const subscribe = (listener: () => void): (() => void) => {
  const stops = [queryClient.getQueryCache().subscribe(listener), waiting.subscribe(listener)];
  return () => stops.forEach((stop) => stop());
};

/** Since when something on the page waits for what does not answer. Once it answers, whatever is shown is asked for again. */
export function useLostSince(area: Area): number | undefined {
  const lostAt = useSyncExternalStore(subscribe, () => lostSince(area));
  const isLost = lostAt !== undefined;
  useEffect(() => (isLost ? () => void queryClient.invalidateQueries() : undefined), [isLost]);
  return lostAt;
}
