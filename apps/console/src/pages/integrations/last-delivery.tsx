import { Anchor, Text } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { searchWith } from '../../components/search.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

const texts = integrationsTexts.recent;

/** When something was last delivered and how that went. */
export function LastDelivery({ integration: { id, name, lastDelivery } }: { integration: Integration }) {
  const { search } = useLocation();
  return (
    <div className={classes.stack} data-end>
      {!lastDelivery ? (
        <Text size="sm" c="dimmed">
          {lastDelivery === null ? commonTexts.never : commonTexts.notKnown}
        </Text>
      ) : (
        <span className={classes.line}>
          <StatusBadge status={lastDelivery.status} />
          <Anchor
            component={Link}
            to={searchWith(search, 'deliveries', id)}
            size="sm"
            c="dimmed"
            aria-label={texts.of(name)}
          >
            <RelativeTime at={lastDelivery.at} />
          </Anchor>
        </span>
      )}
    </div>
  );
}
