import { useSyncExternalStore } from 'react';
import { due, relative } from './relative.js';

const EVERY_MS = 1_000;
const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => listeners.forEach((tell) => tell()), EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A time in a person's words, kept true. One clock for all that show one; only what has other words is drawn again. */
export const useRelative = (at: string, isDue: boolean): string =>
  useSyncExternalStore(subscribe, () => (isDue ? due : relative)(Date.parse(at), Date.now()));
