import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { activityTexts } from '../../texts/activity.js';

const DAY_MS = 86_400_000;
const SPANS = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export interface ActivityFilter {
  actorId?: string;
  action?: string;
  subjectId?: string;
  span?: keyof typeof SPANS;
}

type Name = keyof ActivityFilter;

/** What each may be; anything else is left out, and said so. */
const VALID: Record<Name, (value: string) => boolean> = {
  actorId: (value) => value.length <= 200,
  action: (value) => Object.hasOwn(activityTexts.ways, value),
  subjectId: (value) => ID.test(value),
  span: (value) => Object.hasOwn(SPANS, value),
};
const NAMES = Object.keys(VALID) as Name[];

/** The filter that an address asks for, and what of it is not valid. */
export function filterOf(query: URLSearchParams): { filter: ActivityFilter; dropped: string[] } {
  const asked = NAMES.flatMap((name) => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [{ name, value }];
  });
  const valid = asked.filter(({ name, value }) => VALID[name](value));
  return {
    filter: Object.fromEntries(valid.map(({ name, value }) => [name, value])),
    dropped: asked.filter((one) => !valid.includes(one)).map(({ name, value }) => `${name}=${value.slice(0, 60)}`),
  };
}

/** Kept in the address: it survives a reload, can be sent to somebody, and Back leads to the one before. */
export function useActivityFilter() {
  const [query, setQuery] = useSearchParams();
  const { filter, dropped } = useMemo(() => filterOf(query), [query]);
  const given = (next: ActivityFilter) => Object.fromEntries(Object.entries(next).filter(([, value]) => value));
  return {
    filter,
    dropped,
    narrowed: Object.keys(filter).length > 0 || dropped.length > 0,
    setFilter: (next: ActivityFilter): void => setQuery(given(next)),
    forgetDropped: (): void => setQuery(given(filter), { replace: true }),
  };
}

/** As the API takes it. A span begins at a whole minute, so that the same question stays the same for a while. */
export const queryOf = ({ span, ...same }: ActivityFilter, now: number) => ({
  ...same,
  since: span && new Date(Math.floor((now - SPANS[span]) / 60_000) * 60_000).toISOString(),
});
