import { isId, isOneOf, isShort, useAddress, type Address, type Checks } from '../../components/address.js';
import { sinceOf, type Span } from '../../components/spans.js';
import { activityTexts } from '../../texts/activity.js';

export interface ActivityFilter {
  actorId?: string;
  action?: string;
  subjectId?: string;
  span?: Span;
}

export const ACTIVITY_CHECKS: Checks<ActivityFilter> = {
  actorId: isShort,
  action: isOneOf(activityTexts.ways),
  subjectId: isId,
  span: isOneOf(activityTexts.filter.spans),
};

export const useActivityFilter = (): Address<ActivityFilter> => useAddress(ACTIVITY_CHECKS);

/** As the API takes it. */
export const queryOf = ({ span, ...same }: ActivityFilter, now: number) => ({ ...same, since: sinceOf(span, now) });
