/** The query of an address without one of its parameters; the others stay. */
export const without =
  (name: string) =>
  (query: URLSearchParams): URLSearchParams => {
    query.delete(name);
    return query;
  };

/** The query of an address with one parameter set, or taken off where there is no value. */
export const withValue = (name: string, value: string | undefined) => (query: URLSearchParams) => {
  if (value === undefined) query.delete(name);
  else query.set(name, value);
  return query;
};

/** The `?…` of an address with one parameter more; the others stay. */
export const searchWith = (search: string, name: string, value: string): string =>
  `?${withValue(name, value)(new URLSearchParams(search)).toString()}`;
