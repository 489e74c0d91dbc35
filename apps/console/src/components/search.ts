import { useNavigate, useSearchParams } from 'react-router';

type Change = (now: URLSearchParams) => URLSearchParams;
type ChangeSearch = (change: Change, options?: { replace?: boolean }) => void;

/**
 * The query as it was drawn, and how to change it. A change starts from the address as it is at that moment: react-router's
 * own starts from what was drawn last, and would take back a change that is not drawn yet.
 */
export function useSearch(): [URLSearchParams, ChangeSearch] {
  const [drawn] = useSearchParams();
  const navigate = useNavigate();
  return [
    drawn,
    (change, options) => void navigate(`?${change(new URLSearchParams(window.location.search)).toString()}`, options),
  ];
}

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
