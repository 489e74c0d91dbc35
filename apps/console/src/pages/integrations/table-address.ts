import { isOneOf, isShort, type Checks } from '../../components/address.js';
import type { Order } from '../../components/sorted.js';
import { integrationsTexts } from '../../texts/integrations.js';

/** What of the destinations is shown, and in which order. */
export interface TableAddress {
  q?: string;
  show?: string;
  /** A column; `-` before it: descending. */
  sort?: string;
}

const SORTED = ['name', 'route', 'health', 'last', 'enabled'];

/** Every provider counts as valid until it is known which ones there are. */
export const checksFor = (providers: readonly { id: string }[]): Checks<TableAddress> => ({
  q: isShort,
  show: (value) =>
    isOneOf(integrationsTexts.shown)(value) ||
    (providers.length === 0 ? /^[a-z]{1,40}$/.test(value) : providers.some(({ id }) => id === value)),
  sort: (value) => SORTED.includes(value.replace(/^-/, '')),
});

export const orderOf = (sort: string | undefined): Order | undefined =>
  sort === undefined ? undefined : { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') };

export const sortOf = ({ key, descending }: Order): string => `${descending ? '-' : ''}${key}`;
