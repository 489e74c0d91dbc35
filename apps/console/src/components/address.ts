import { useMemo } from 'react';
import { useSearch } from './search.js';

/** What each part of a filter may be; anything else is left out, and said so. */
export type Checks<Filter> = { readonly [Name in keyof Filter]-?: (value: string) => boolean };

/** Undefined takes it off. */
export type Part<Filter> = { readonly [Name in keyof Filter]?: Filter[Name] | undefined };

export interface Asked<Filter> {
  filter: Filter;
  /** As the address has them, cut. */
  dropped: string[];
}

export interface Address<Filter> extends Asked<Filter> {
  /** Something was asked for, valid or not. */
  narrowed: boolean;
  /**
   * Changes what is named, and leaves the rest as it is in the address at that moment. A new address, so that Back leads to
   * the one before; `replace` where it only goes on with the same.
   */
  change: (part: Part<Filter>, options?: { replace?: boolean }) => void;
  /** Asks for everything again, but for what is named. */
  clear: (...except: (keyof Filter)[]) => void;
  forgetDropped: () => void;
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const SHOWN = 60;

export const isId = (value: string): boolean => ID.test(value);
export const isOneOf =
  (known: object) =>
  (value: string): boolean =>
    Object.hasOwn(known, value);
export const isShort = (value: string): boolean => value.length <= 200;

/** The filter that an address asks for, and what of it is not valid. */
export function filterIn<Filter extends object>(checks: Checks<Filter>, query: URLSearchParams): Asked<Filter> {
  const asked = (Object.keys(checks) as (keyof Filter & string)[]).flatMap((name) => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [{ name, value }];
  });
  const valid = asked.filter(({ name, value }) => checks[name](value));
  return {
    filter: Object.fromEntries(valid.map(({ name, value }) => [name, value])) as Filter,
    dropped: asked.filter((one) => !valid.includes(one)).map(({ name, value }) => `${name}=${value.slice(0, SHOWN)}`),
  };
}

/** An address that asks for what its filter becomes by a change; what else is in it stays, and what is not valid goes. */
export function addressWith<Filter extends object>(
  checks: Checks<Filter>,
  query: URLSearchParams,
  next: (now: Filter) => Part<Filter>,
): URLSearchParams {
  const address = new URLSearchParams(query);
  for (const name of Object.keys(checks)) address.delete(name);
  for (const [name, value] of Object.entries(next(filterIn(checks, query).filter)))
    if (value) address.set(name, String(value));
  return address;
}

/** A filter that is kept in the address: it survives a reload, can be sent to somebody, and Back leads to the one before. */
export function useAddress<Filter extends object>(checks: Checks<Filter>): Address<Filter> {
  const [query, changeQuery] = useSearch();
  const { filter, dropped } = useMemo(() => filterIn(checks, query), [checks, query]);
  const become = (next: (now: Filter) => Part<Filter>, options?: { replace?: boolean }): void =>
    changeQuery((now) => addressWith(checks, now, next), options);
  return {
    filter,
    dropped,
    narrowed: Object.keys(filter).length > 0 || dropped.length > 0,
    change: (part, options) => become((now) => ({ ...now, ...part }), options),
    clear: (...except) => become((now) => Object.fromEntries(except.map((name) => [name, now[name]])) as Part<Filter>),
    forgetDropped: () => become((now) => now, { replace: true }),
  };
}
