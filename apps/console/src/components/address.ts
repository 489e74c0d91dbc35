import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What each part of a filter may be; anything else is left out, and said so. */
export type Checks<Filter> = { readonly [Name in keyof Filter]-?: (value: string) => boolean };

export interface Asked<Filter> {
  filter: Filter;
  /** As the address has them, cut. */
  dropped: string[];
}

export interface Address<Filter> extends Asked<Filter> {
  /** Something was asked for, valid or not. */
  narrowed: boolean;
  /** A new address, so that Back leads to the one before; `replace` where it only goes on with the same. */
  setFilter: (next: Filter, options?: { replace?: boolean }) => void;
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

/** An address that asks for this filter; what else is in it stays. */
export function addressWith<Filter extends object>(
  checks: Checks<Filter>,
  query: URLSearchParams,
  next: Filter,
): URLSearchParams {
  const address = new URLSearchParams(query);
  for (const name of Object.keys(checks)) address.delete(name);
  for (const [name, value] of Object.entries(next)) if (value) address.set(name, String(value));
  return address;
}

/** A filter that is kept in the address: it survives a reload, can be sent to somebody, and Back leads to the one before. */
export function useAddress<Filter extends object>(checks: Checks<Filter>): Address<Filter> {
  const [query, setQuery] = useSearchParams();
  const { filter, dropped } = useMemo(() => filterIn(checks, query), [checks, query]);
  return {
    filter,
    dropped,
    narrowed: Object.keys(filter).length > 0 || dropped.length > 0,
    setFilter: (next, options) => setQuery((now) => addressWith(checks, now, next), options),
    forgetDropped: () => setQuery((now) => addressWith(checks, now, filter), { replace: true }),
  };
}
