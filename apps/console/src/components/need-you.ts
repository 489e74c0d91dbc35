import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import type { Integration } from '../api/types.js';
import { needsAttention } from './attention.js';

const EVERY_MS = 60_000;

export interface NeedYou {
  /** Destinations that somebody has to do something about, or that nobody knows the state of. */
  count: number;
  of: number;
}

const countOf = (integrations: readonly Integration[]): NeedYou => ({
  count: integrations.filter(needsAttention).length,
  of: integrations.length,
});

/** How many destinations need somebody; undefined until that is known. What is asked for by other parts of a page counts at once. */
export const useNeedYou = (): NeedYou | undefined =>
  useQuery({ ...queries.integrations(), staleTime: EVERY_MS, refetchInterval: EVERY_MS, select: countOf }).data;
