import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

const drawerTexts = deliveriesTexts.drawer;

/** When something was last delivered and how that went; under it what waits for somebody. */
export function LastDelivery({ integration: { id, name, lastDelivery, counts } }: { integration: Integration }) {
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
          <Anchor component={Link} to={`?deliveries=${id}`} size="sm" c="dimmed" aria-label={drawerTexts.of(name)}>
            <RelativeTime at={lastDelivery.at} plain />
          </Anchor>
        </span>
      )}
      {dead + held > 0 && (
        <span className={classes.counts}>
          {dead > 0 && (
            <Anchor component={Link} to={`/deliveries?status=dead&integrationId=${id}`} inherit c="var(--np-bad)">
              {integrationsTexts.dead(dead)}
            </Anchor>
          )}
          {held > 0 && (
            <Anchor component={Link} to={`/deliveries?status=held&integrationId=${id}`} inherit c="var(--np-quiet)">
              {integrationsTexts.held(held)}
            </Anchor>
          )}
        </span>
      )}
    </div>
  );
}
