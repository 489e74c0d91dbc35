import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';
import { send } from './send.js';

/** The admin API, typed from its own document. Every call throws what is no success: see send.ts. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** What the API speaks of, by its own names: `Schema<'Integration'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The body of an answer: `await body(api.GET('/api/v1/projects'))`. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T; // a refusal was thrown before
}

const MOST = 100;

/** All pages of a list, oldest page last; for lists that a page shows whole. */
export async function everything<T>(
  page: (query: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next = await page({ limit: MOST, cursor });
    items.push(...next.items);
    cursor = next.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
