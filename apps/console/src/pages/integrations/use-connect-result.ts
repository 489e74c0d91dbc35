import { useEffect, useState } from 'react';
import { useSearch } from '../../components/search.js';

const NAMES = ['connected', 'already', 'connect_error', 'provider'] as const;

/** How a sign-in at a provider went, as its way back says. */
export type ConnectAnswer = Partial<Record<(typeof NAMES)[number], string>>;

/**
 * Taken out of the address at once, so that it is said once: a reload, a bookmark and somebody who is sent the address do
 * not get it again.
 */
export function useConnectResult(): { answer: ConnectAnswer; forget: () => void } {
  const [query, changeQuery] = useSearch();
  const [answer, setAnswer] = useState<ConnectAnswer>({});
  const isSaid = NAMES.some((name) => query.has(name));
  useEffect(() => {
    if (!isSaid) return;
    setAnswer(Object.fromEntries(NAMES.flatMap((name) => (query.has(name) ? [[name, query.get(name)]] : []))));
    changeQuery(
      (now) => {
        for (const name of NAMES) now.delete(name);
        return now;
      },
      { replace: true },
    );
    // once each time that it is said: the router shows the new address later than it is asked to, and what is drawn until
    // then must not ask again, which would put it off for ever
  }, [isSaid]);
  return { answer, forget: () => setAnswer({}) };
}
