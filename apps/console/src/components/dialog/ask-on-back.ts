import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

interface Guard {
  isUnsaved: () => boolean;
  /** Gets what goes there after all. */
  ask: (go: () => void) => void;
  /** The place of the page that the dialog is on. */
  here: number | undefined;
}

const guards = new Set<Guard>();
let returning = false;

/** Where an entry of the history is among those of the console, as the router counts them. */
const placeOf = (state: unknown): number | undefined => (state as { idx?: number } | null)?.idx;

/** To be called once, before there is a router: it must not see an address that is put back. */
export function guardHistory(): void {
  window.addEventListener('popstate', (event) => {
    if (returning) {
      returning = false;
      event.stopImmediatePropagation();
      return;
    }
    const guard = [...guards].find(({ isUnsaved }) => isUnsaved());
    const there = placeOf(event.state);
    if (guard?.here === undefined || there === undefined || guard.here === there) return;
    event.stopImmediatePropagation();
    const steps = there - guard.here;
    returning = true;
    window.history.go(-steps);
    guard.ask(() => window.history.go(steps));
  });
}

/** Back and Forward put the address back and ask first while something would be lost. */
export function useAskOnBack(isUnsaved: Guard['isUnsaved'], ask: Guard['ask']): void {
  const location = useLocation();
  const guard = useRef<Guard>({ isUnsaved, ask, here: undefined });
  useEffect(() => {
    Object.assign(guard.current, { isUnsaved, ask });
  });
  useEffect(() => {
    guard.current.here = placeOf(window.history.state);
  }, [location]);
  useEffect(() => {
    const own = guard.current;
    guards.add(own);
    return () => void guards.delete(own);
  }, []);
}
