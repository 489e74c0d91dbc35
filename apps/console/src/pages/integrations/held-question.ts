import type { Integration } from '../../api/types.js';

let asked: Integration | undefined;
const listeners = new Set<() => void>();

/** Asks what becomes of the messages that a destination held until it was enabled; nothing does until somebody says so. */
export function askAboutHeld(integration: Integration | undefined): void {
  asked = integration;
  for (const notify of listeners) notify();
}

/** The question that is open, for who shows it. */
export const heldQuestion = {
  current: (): Integration | undefined => asked,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
