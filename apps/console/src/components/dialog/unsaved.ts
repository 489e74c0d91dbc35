import { createContext, use, useEffect, useId, useMemo, useRef } from 'react';

interface DialogWords {
  /** Closes it, after asking where something would be lost. */
  close: () => void;
  mark: (who: string, unsaved: boolean) => void;
}

export const DialogContext = createContext<DialogWords | undefined>(undefined);

/** What a dialog knows of what is typed in it: each part of it speaks for itself. */
export function useUnsavedHere(close: () => void): { isUnsaved: () => boolean; context: DialogWords } {
  const parts = useRef(new Set<string>());
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  const context = useMemo<DialogWords>(
    () => ({
      close: () => latest.current(),
      mark: (who, unsaved) => void (unsaved ? parts.current.add(who) : parts.current.delete(who)),
    }),
    [],
  );
  return { isUnsaved: () => parts.current.size > 0, context };
}

/** Says that closing the dialog, or the tab, would lose something. */
export function useUnsaved(unsaved: boolean): void {
  const dialog = use(DialogContext);
  const who = useId();
  useEffect(() => {
    if (!unsaved) return undefined;
    dialog?.mark(who, true);
    window.addEventListener('beforeunload', keep);
    return () => {
      dialog?.mark(who, false);
      window.removeEventListener('beforeunload', keep);
    };
  }, [dialog, unsaved, who]);
}

/** The same as `useUnsaved`, for what is compared with how it was when the dialog opened. */
export function useUnsavedDraft(draft: unknown): void {
  const now = JSON.stringify(draft);
  const before = useRef(now);
  useUnsaved(now !== before.current);
}

/** For a Cancel button: as Escape does, it asks first where something would be lost. */
export function useCloseDialog(): () => void {
  const dialog = use(DialogContext);
  if (!dialog) throw new Error('useCloseDialog outside of a dialog');
  return dialog.close;
}

const keep = (event: BeforeUnloadEvent): void => event.preventDefault();
