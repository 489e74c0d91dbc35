import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import { useWithoutLeaving } from '../undo/use-pending.js';
import { needsAttention } from './attention.js';
import { useDeliveryAway } from './delivery-away.js';

export interface NeedYou {
  /** Destinations that somebody has to do something about, as far as was known last; undefined while nobody has said. */
  count: number | undefined;
  /** It was asked, and nothing is known. */
  unknown: boolean;
}

/** How many of them are about to be deleted: nobody has to do anything about those. */
function useLeaving(): number {
  const { data } = useQuery({ ...queries.integrations(), enabled: false });
  const needy = data?.filter(needsAttention) ?? [];
  return needy.length - (useWithoutLeaving(needy)?.length ?? 0);
}

/** How many destinations need somebody. */
export function useNeedYou(): NeedYou {
  const { data, failureCount, isError } = useQuery(queries.attention());
  const away = useDeliveryAway().since !== undefined;
  const leaving = useLeaving();
  return {
    count: data && Math.max(0, data.count - leaving),
    unknown: data === undefined && (isError || failureCount > 0 || away),
  };
}
