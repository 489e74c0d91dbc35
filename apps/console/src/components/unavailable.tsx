import { IconPlugConnectedX } from '@tabler/icons-react';
import { commonTexts } from '../texts/common.js';
import { useDeliveryAway } from './delivery-away.js';
import { EmptyState } from './empty-state.js';
import { LoadingRows } from './loading-rows.js';

/** While something that only the delivery service has is loaded: what comes, or that it cannot come now. */
export function LoadingFromDelivery({ rows }: { rows: number }) {
  const away = useDeliveryAway().since !== undefined;
  const { title, hint } = commonTexts.unavailable;
  if (!away) return <LoadingRows rows={rows} />;
  return <EmptyState title={title} hint={hint} icon={<IconPlugConnectedX size={22} stroke={1.6} />} />;
}
