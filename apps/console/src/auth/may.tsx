import { Tooltip } from '@mantine/core';
import { cloneElement, type ReactElement } from 'react';
import { useRefusal } from './permissions.js';
import type { Permission } from './roles.js';
import classes from './may.module.css';

/** What is inside works for those who may; for others it is disabled and says why, on hover and on focus. */
export function May({ do: permission, children }: { do: Permission; children: ReactElement<{ disabled?: boolean }> }) {
  const refusal = useRefusal(permission);
  if (refusal === undefined) return children;
  return (
    <Tooltip label={refusal}>
      {/* a disabled control takes no focus: what holds it does */}
      <span className={classes.refused} tabIndex={0} role="group">
        {cloneElement(children, { disabled: true })}
      </span>
    </Tooltip>
  );
}
