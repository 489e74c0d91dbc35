import { Tooltip } from '@mantine/core';
import { useRelative } from './use-relative.js';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

interface Props {
  at: string;
  /** Something is to be done then. */
  due?: boolean;
}

/** "3 minutes ago"; the exact time on hover. */
export function RelativeTime({ at, due = false }: Props) {
  const words = useRelative(at, due);
  return (
    <Tooltip label={EXACT.format(new Date(at))}>
      <time dateTime={at}>{words}</time>
    </Tooltip>
  );
}
