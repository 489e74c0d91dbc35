import { Tooltip } from '@mantine/core';
import { useRelative } from './use-relative.js';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** "3 minutes ago"; the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const words = useRelative(at);
  return (
    <Tooltip label={EXACT.format(new Date(at))}>
      <time dateTime={at}>{words}</time>
    </Tooltip>
  );
}
