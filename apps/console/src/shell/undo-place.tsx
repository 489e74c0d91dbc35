import { Suspense, lazy, useEffect } from 'react';
import classes from '../undo/undo.module.css';
import { pendingChanges, usePending } from '../undo/use-pending.js';

const UndoToasts = lazy(() => import('../undo/undo-toasts.js').then((module) => ({ default: module.UndoToasts })));

/** Before the content in the order of tab stops: from there it is one step back. Read out as soon as something comes. */
export function UndoPlace() {
  const pending = usePending();
  useEffect(() => {
    const leave = (): void => pendingChanges.hurry();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);
  return (
    <div className={classes.place} role="status">
      {pending.length > 0 && (
        <Suspense>
          <UndoToasts pending={pending} />
        </Suspense>
      )}
    </div>
  );
}
