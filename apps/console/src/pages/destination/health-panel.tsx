import { Anchor, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Delivery, Integration } from '../../api/types.js';
import { AsOf } from '../../components/as-of.js';
import { HealthBadge } from '../../components/health-badge.js';
import { RelativeTime } from '../../components/relative-time.js';
import { destinationTexts as texts } from '../../texts/destination.js';
import { isRefused } from '../integrations/refused.js';
import classes from './destination.module.css';
import { destinationQueries } from './destination.queries.js';
import { healthSentence } from './health-sentence.js';
import { NextActions } from './next-actions.js';
import { DeliveryProgress } from './progress.js';

/** How it is doing and why, and what to do about it on the spot. */
export function HealthPanel({ integration }: { integration: Integration }) {
  const [delivering, setDelivering] = useState(0);
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
        {delivering > 0 && <DeliveryProgress integrationId={integration.id} of={delivering} />}
      </div>
      <NextActions
        integration={integration}
        refused={recent[0] !== undefined && isRefused(recent[0])}
        onDelivering={setDelivering}
      />
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
      {texts.next} <RelativeTime at={next} due />.
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
