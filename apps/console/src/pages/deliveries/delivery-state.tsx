import { Text } from '@mantine/core';
import type { Delivery } from '../../api/types.js';
import { StatusBadge } from '../../components/status-badge.js';

/** Of the table: a long reason takes no room from the names, and is cut instead. */
export const STATE_WIDTH = '38%';

interface Props {
  delivery: Delivery;
  /** How many lines there are for what is wrong. */
  lines: 1 | 2;
}

/** How a delivery stands, and under it what is wrong. */
export function DeliveryState({ delivery: { status, lastError }, lines }: Props) {
  return (
    <div>
      <StatusBadge status={status} />
      {status !== 'delivered' && lastError !== null && (
        <Text size="xs" c="dimmed" mt={2} lineClamp={lines} title={lastError} data-hint="">
          {lastError}
        </Text>
      )}
    </div>
  );
}
