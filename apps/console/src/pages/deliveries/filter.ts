import type { DeliveredType, DeliveryStatus, Environment } from '../../api/types.js';
import { isId, isOneOf, isShort, useAddress, type Address, type Checks } from '../../components/address.js';
import { sinceOf, type Span } from '../../components/spans.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

export interface Filter {
  /** What the version begins with. */
  version?: string;
  status?: DeliveryStatus;
  integrationId?: string;
  projectId?: string;
  environment?: Environment;
  eventType?: DeliveredType;
  span?: Span;
  /** Of a time range of its own, which takes the place of the span. */
  from?: string;
  to?: string;
  /** Left out, tests are not among them. */
  tests?: 'show';
  /** Where the list goes on, as the API says. */
  page?: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const isTime = (value: string): boolean => TIME.test(value) && !Number.isNaN(Date.parse(value));
const MOST_OF_VERSION = 64;

export const CHECKS: Checks<Filter> = {
  version: (value) => value.length <= MOST_OF_VERSION,
  status: isOneOf(commonTexts.status),
  integrationId: isId,
  projectId: isId,
  environment: isOneOf(commonTexts.environments),
  eventType: isOneOf({ ...commonTexts.events, ...commonTexts.alerts }),
  span: isOneOf(deliveriesTexts.filter.spans),
  from: isTime,
  to: isTime,
  tests: isOneOf({ show: true }),
  page: (value) => /^[\w-]+$/.test(value) && isShort(value),
};

export const useFilter = (): Address<Filter> => useAddress(CHECKS);

/** By how many of the choices the list is narrowed; a time range is one. */
export const howMany = ({ tests: _tests, page: _page, from, to, span, ...others }: Filter): number =>
  Object.values(others).filter((value) => value !== undefined).length + Number((from ?? to ?? span) !== undefined);

/** Fewer than all are asked for; tests are not counted as something that is left out. */
export const isNarrowed = (filter: Filter): boolean =>
  Object.keys(filter).some((name) => name !== 'tests' && name !== 'page');

type Times = Pick<Filter, 'span' | 'from' | 'to'>;

export const timesOf = ({ span, from, to }: Times, now: number): { since?: string; until?: string } =>
  from !== undefined || to !== undefined ? { since: from, until: to } : { since: sinceOf(span, now) };

/** As the API takes it, without the page. */
export const queryOf = (filter: Filter, now: number) => {
  const { version, status, integrationId, projectId, environment, eventType, tests } = filter;
  const test = tests === 'show' ? undefined : false;
  return { version, status, integrationId, projectId, environment, eventType, ...timesOf(filter, now), test };
};
