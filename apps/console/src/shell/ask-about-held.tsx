import { Suspense, lazy, useSyncExternalStore } from 'react';
import { askAboutHeld, heldQuestion } from '../pages/integrations/held-question.js';

const HeldDialog = lazy(() =>
  import('../pages/integrations/held-dialog.js').then((module) => ({ default: module.HeldDialog })),
);

/** The question about held messages, once for all pages: what enabled the destination may be gone by the answer. */
export function AskAboutHeld() {
  const integration = useSyncExternalStore(heldQuestion.subscribe, heldQuestion.current);
  if (!integration) return null;
  return (
    <Suspense>
      <HeldDialog integration={integration} onClose={() => askAboutHeld(undefined)} />
    </Suspense>
  );
}
