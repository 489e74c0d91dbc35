import { Text } from '@mantine/core';
import type { Integration } from '../api/types.js';
import { commonTexts } from '../texts/common.js';
import { clock } from './clock.js';

/** The time of values that are from before; nothing where they are current, or where there are none. */
export function AsOf({ freshness: { state, asOf } }: { freshness: Integration['statusFreshness'] }) {
  if (state !== 'earlier' || asOf === null) return null;
  return (
    <Text component="span" size="xs" c="dimmed">
      {commonTexts.asOf(clock(Date.parse(asOf)))}
    </Text>
  );
}
