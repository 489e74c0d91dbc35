import { Text } from '@mantine/core';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

/** When something was last delivered and how that went; under it what waits for somebody. */
export function LastDelivery({ integration: { lastDelivery, counts } }: { integration: Integration }) {
  const { dead = 0, held = 0 } = counts ?? {};
  return (
    <div className={classes.stack} data-end>
      {lastDelivery === null ? (
        <Text size="sm" c="dimmed">
          {commonTexts.never}
        </Text>
      ) : (
        <span className={classes.line}>
          <StatusBadge status={lastDelivery.status} />
          <Text component="span" size="sm" c="dimmed">
            <RelativeTime at={lastDelivery.at} />
          </Text>
        </span>
      )}
      {dead + held > 0 && (
        <span className={classes.counts}>
          {dead > 0 && <span style={{ color: 'var(--np-bad)' }}>{integrationsTexts.dead(dead)}</span>}
          {held > 0 && <span style={{ color: 'var(--np-quiet)' }}>{integrationsTexts.held(held)}</span>}
        </span>
      )}
    </div>
  );
}
