import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.js';
import type { Integration } from '../../api/types.js';

/** The integration of a dialog as it is now: what is done in the dialog changes it. */
export function useCurrent<T extends Integration | undefined>(opened: T): Integration | T {
  const { data: integrations } = useQuery(queries.integrations());
  return integrations?.find(({ id }) => id === opened?.id) ?? opened;
}
