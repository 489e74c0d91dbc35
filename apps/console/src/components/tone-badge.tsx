import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './tone.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'idle';

interface Props {
  tone: Tone;
  children: ReactNode;
  /** What the word means, on hover. */
  hint?: string;
}

/** A state as a word with a dot. Never the colour alone. */
export function ToneBadge({ tone, children, hint }: Props) {
  const badge = (
    <span className={`${classes.badge} ${classes[tone]}`} data-hint={hint && ''}>
      <span className={classes.dot} aria-hidden />
      {children}
    </span>
  );
  return hint === undefined ? badge : <Tooltip label={hint}>{badge}</Tooltip>;
}
