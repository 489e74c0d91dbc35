import { useSyncExternalStore } from 'react';
import { PendingChanges, type Pending } from './pending-changes.js';

/** Those of this tab. */
export const pendingChanges = new PendingChanges();

export const usePending = (): readonly Pending[] =>
  useSyncExternalStore(pendingChanges.subscribe, pendingChanges.current);

/** Without what is about to be deleted. */
export function useWithoutLeaving<T extends { id: string }>(rows: T[] | undefined): T[] | undefined {
  const leaving = usePending().flatMap(({ hides }) => hides ?? []);
  return leaving.length === 0 ? rows : rows?.filter(({ id }) => !leaving.includes(id));
}
