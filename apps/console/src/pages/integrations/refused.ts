import type { Delivery } from '../../api/types.js';

const NEEDS_ANOTHER: readonly (string | null)[] = ['credentials_revoked', 'destination_missing'];

/** No retry helps by itself: the destination says that it takes nothing at this address or with these credentials. */
export const isRefused = ({ status, lastErrorCode }: Pick<Delivery, 'status' | 'lastErrorCode'>): boolean =>
  (status === 'retrying' || status === 'dead') && NEEDS_ANOTHER.includes(lastErrorCode);
