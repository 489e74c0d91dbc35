import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

const NAMES = ['connected', 'already', 'connect_error', 'provider'] as const;

/** How a sign-in at a provider went, as its way back says. */
export type ConnectAnswer = Partial<Record<(typeof NAMES)[number], string>>;

/**
 * Taken out of the address at once, so that it is said once: a reload, a bookmark and somebody who is sent the address do
 * not get it again.
 */
export function useConnectResult(): { answer: ConnectAnswer; forget: () => void } {
  const [query, setQuery] = useSearchParams();
  const [answer, setAnswer] = useState<ConnectAnswer>({});
  const said = NAMES.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const isSaid = said.length > 0;
  useEffect(() => {
    if (!isSaid) return;
    setAnswer(Object.fromEntries(said));
    setQuery(
      (now) => {
        for (const name of NAMES) now.delete(name);
        return now;
      },
      { replace: true },
    );
  });
  return { answer, forget: () => setAnswer({}) };
}
