import { Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLostSince } from '../api/connection.js';
import { shellTexts } from '../texts/shell.js';
import classes from './connection-bar.module.css';

/** A hiccup that is over within this is nothing to speak of. */
const PATIENCE_MS = 700;

/** Says calmly that the server does not answer, and goes away by itself. */
export function ConnectionBar() {
  const lost = useLostSince('server') !== undefined;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div className={classes.place} role="status">
      {shown && (
        <div className={classes.bar}>
          <Loader size={14} color="var(--np-warn)" />
          <Text component="span" size="sm">
            {shellTexts.lost}
          </Text>
        </div>
      )}
    </div>
  );
}
