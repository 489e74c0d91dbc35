import { Suspense, lazy, useSyncExternalStore } from 'react';
import type { Integration } from '../../api/types.js';

const HeldDialog = lazy(() => import('./held-dialog.js').then((module) => ({ default: module.HeldDialog })));

let asked: Integration | undefined;
const listeners = new Set<() => void>();

/** Asks what becomes of the messages that a destination held until it was enabled; nothing does until somebody says so. */
export function askAboutHeld(integration: Integration | undefined): void {
  asked = integration;
  for (const notify of listeners) notify();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The question, once for all pages: the switch or button that enabled the destination may be gone by the answer. */
export function HeldQuestion() {
  const integration = useSyncExternalStore(subscribe, () => asked);
  if (!integration) return null;
  return (
    <Suspense>
      <HeldDialog integration={integration} onClose={() => askAboutHeld(undefined)} />
    </Suspense>
  );
}
