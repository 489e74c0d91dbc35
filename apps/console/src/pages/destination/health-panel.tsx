import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Delivery, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { AsOf } from '../../components/as-of.js';
import { HealthBadge } from '../../components/health-badge.js';
import { RelativeTime } from '../../components/relative-time.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { useCommand } from '../deliveries/many.js';
import { ReconnectButton } from '../integrations/reconnect-button.js';
import { useEnabled } from '../integrations/use-enabled.js';
import classes from './destination.module.css';
import { destinationQueries } from './destination.queries.js';
import { healthSentence } from './health-sentence.js';

/** How it is doing and why, and what to do about it on the spot. */
export function HealthPanel({ integration }: { integration: Integration }) {
  const { data: recent = [] } = useQuery(destinationQueries.recent(integration.id));
  return (
    <Paper p="lg" component="section" aria-label={texts.health} className={classes.health}>
      <div className={classes.words}>
        <Group gap="xs">
          <HealthBadge health={integration.health} enabled={integration.enabled} />
          <AsOf freshness={integration.statusFreshness} />
        </Group>
        <Text mt="sm" className={classes.sentence}>
          {healthSentence(integration, recent)}
          <NextTry integration={integration} recent={recent} />
        </Text>
        <Counts integration={integration} />
      </div>
      <Actions integration={integration} />
    </Paper>
  );
}

/** The earliest of those that are retried. */
function NextTry({ integration: { enabled }, recent }: { integration: Integration; recent: readonly Delivery[] }) {
  const times = recent.flatMap(({ status, nextAttemptAt: at }) => (status === 'retrying' && at !== null ? [at] : []));
  const next = times.toSorted()[0];
  if (!enabled || next === undefined) return null;
  return (
    <>
      {' '}
      {texts.next} <RelativeTime at={next} />.
    </>
  );
}

const OPEN = ['dead', 'held', 'retrying', 'pending'] as const;

/** What is open, each leading to its list. */
function Counts({ integration: { id, counts } }: { integration: Integration }) {
  const open = OPEN.filter((status) => (counts?.[status] ?? 0) > 0);
  if (counts === null || open.length === 0) return null;
  return (
    <ul className={classes.counts} aria-label={texts.countsLabel}>
      {open.map((status) => (
        <li key={status}>
          <Anchor component={Link} size="sm" to={`/deliveries?status=${status}&integrationId=${id}`}>
            {texts.counts[status](counts[status])}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

/** What has to be done first comes alone: nothing is delivered before it works. */
function Actions({ integration }: { integration: Integration }) {
  const { enabled, health, counts } = integration;
  if (!enabled) return <Enable integration={integration} />;
  if (health === 'needs_reconnect') return <ReconnectButton integration={integration} here />;
  const dead = counts?.dead ?? 0;
  return dead > 0 ? <DeliverFailed integrationId={integration.id} count={dead} /> : null;
}

function Enable({ integration: { id, name } }: { integration: Integration }) {
  const change = useEnabled(id, name);
  return (
    <May do="manage-integrations">
      <Button loading={change.isPending} onClick={() => change.mutate(true)}>
        {texts.enable}
      </Button>
    </May>
  );
}

function DeliverFailed({ integrationId, count }: { integrationId: string; count: number }) {
  const command = useCommand({ integrationId, status: 'dead' }, () => undefined);
  return (
    <May do="redeliver">
      <Button loading={command.isPending} onClick={() => command.mutate('redeliver')}>
        {texts.deliverFailed(count)}
      </Button>
    </May>
  );
}
