import { Tooltip } from '@mantine/core';
import { useNow } from './use-now.js';
import { relative } from './relative.js';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** "3 minutes ago"; the exact time on hover and on focus. `plain`: within something that takes the focus itself. */
export function RelativeTime({ at, plain = false }: { at: string; plain?: boolean }) {
  const now = useNow();
  return (
    <Tooltip label={EXACT.format(new Date(at))}>
      <time dateTime={at} tabIndex={plain ? undefined : 0}>
        {relative(Date.parse(at), now)}
      </time>
    </Tooltip>
  );
}
