import { useQuery } from '@tanstack/react-query';
import { passes } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { useWithoutLeaving } from '../undo/use-pending.js';
import { needsAttention } from './attention.js';
import { useDeliveryAway } from './delivery-away.js';

export interface NeedYou {
  /** Destinations that somebody has to do something about, as far as was known last; undefined while nobody has said. */
  count: number | undefined;
  /** It was asked, nothing is known, and that passes. */
  unknown: boolean;
}

/** Those of the list, where a page has it: all of them, and those about to be deleted, which nobody has to do anything about. */
function useListed(): { staying: number | undefined; leaving: number } {
  const { data } = useQuery({ ...queries.integrations(), enabled: false });
  const needy = data?.filter(needsAttention);
  const staying = useWithoutLeaving(needy)?.length;
  return { staying, leaving: (needy?.length ?? 0) - (staying ?? 0) };
}

/** How many destinations need somebody. An older delivery service does not have the figure: then the list alone has it. */
export function useNeedYou(): NeedYou {
  const { data, error, failureReason } = useQuery(queries.attention());
  const away = useDeliveryAway().since !== undefined;
  const { staying, leaving } = useListed();
  if (data !== undefined) return { count: Math.max(0, data.count - leaving), unknown: false };
  const refused = error !== null && !passes(error);
  return { count: refused ? staying : undefined, unknown: !refused && (failureReason !== null || away) };
}
