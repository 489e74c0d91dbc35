import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { DeliveredType, DeliveryStatus } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';

/** The last hour, day or week. */
export const SPANS = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000 } as const;
export type Span = keyof typeof SPANS;

export interface Filter {
  status?: DeliveryStatus;
  integrationId?: string;
  projectId?: string;
  eventType?: DeliveredType;
  span?: Span;
}

const oneOf =
  <T extends string>(known: Record<T, unknown>) =>
  (value: string | null): T | undefined =>
    value !== null && value in known ? (value as T) : undefined;

export const statusOf = oneOf(commonTexts.status);
export const eventOf = oneOf({ ...commonTexts.events, ...commonTexts.alerts });
export const spanOf = oneOf(SPANS);

/** Kept in the address: it survives a reload, and can be sent to somebody. */
export function useFilter(): { filter: Filter; setFilter: (filter: Filter) => void } {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => filterOf(query), [query]);
  const setFilter = (next: Filter): void => setQuery({ ...given(next) }, { replace: true });
  return { filter, setFilter };
}

export const filterOf = (query: URLSearchParams): Filter =>
  given({
    status: statusOf(query.get('status')),
    integrationId: query.get('integrationId') ?? undefined,
    projectId: query.get('projectId') ?? undefined,
    eventType: eventOf(query.get('eventType')),
    span: spanOf(query.get('span')),
  });

/** As the API takes it. */
export const queryOf = ({ span, ...same }: Filter, now: number) => ({ ...same, since: sinceOf(span, now) });

/** A span begins at a whole minute, so that the same question stays the same for a while. */
export const sinceOf = (span: Span | undefined, now: number): string | undefined =>
  span && new Date(Math.floor((now - SPANS[span]) / 60_000) * 60_000).toISOString();

const given = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as T;
