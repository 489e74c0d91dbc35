import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { undoTexts as texts } from '../texts/undo.js';
import { leftOf, type Pending } from './pending-changes.js';
import classes from './undo.module.css';
import { pendingChanges } from './use-pending.js';

const EACH_MS = 250;

/** What is about to happen, and the way to take it back. */
export function UndoToasts({ pending }: { pending: readonly Pending[] }) {
  useUndoKey(pending);
  return pending.map((one) => <Toast key={one.id} pending={one} />);
}

function Toast({ pending }: { pending: Pending }) {
  const { id, words } = pending;
  const seconds = Math.ceil(leftOf(pending, useNow()) / 1_000);
  const hold = (): void => pendingChanges.hold(id);
  const go = (): void => pendingChanges.go(id);
  return (
    <div className={classes.toast} onMouseEnter={hold} onMouseLeave={go} onFocus={hold} onBlur={go}>
      <Text size="sm" className={classes.words}>
        <bdi>{words}</bdi> <span aria-hidden>{texts.left(seconds)}</span>
      </Text>
      <Button size="xs" variant="default" onClick={() => pendingChanges.undo(id)} title={texts.key}>
        {texts.undo}
      </Button>
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EACH_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The key that undoes everywhere else; in a field it undoes what was typed there. */
function useUndoKey(pending: readonly Pending[]): void {
  const last = pending.at(-1)?.id;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null;
      if (typing || last === undefined || event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      pendingChanges.undo(last);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [last]);
}
