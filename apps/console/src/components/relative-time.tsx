import { Tooltip } from '@mantine/core';
import { useRelative } from './use-relative.js';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** "3 minutes ago"; the exact time on hover and on focus. `plain`: within something that takes the focus itself. */
export function RelativeTime({ at, plain = false }: { at: string; plain?: boolean }) {
  const words = useRelative(at);
  return (
    <Tooltip label={EXACT.format(new Date(at))}>
      <time dateTime={at} tabIndex={plain ? undefined : 0}>
        {words}
      </time>
    </Tooltip>
  );
}
