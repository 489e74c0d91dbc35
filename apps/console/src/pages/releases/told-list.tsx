import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { Delivery, DeliveryStatus } from '../../api/types.js';
import { ShowMore, useCut } from '../../components/show-more.js';
import { StatusBadge } from '../../components/status-badge.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import classes from './told-list.module.css';

const texts = releasesTexts.one;

const FIRST = 8;
/** What somebody has to do something about comes first, then what is not over. */
const ORDER: Record<DeliveryStatus, number> = { dead: 0, held: 1, retrying: 2, pending: 3, dropped: 4, delivered: 5 };

/** Each destination, how it fares there, and why not. */
export function ToldList({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { data: integrations } = useQuery(queries.integrations());
  const names = useMemo(() => integrations && new Map(integrations.map(({ id, name }) => [id, name])), [integrations]);
  const sorted = deliveries.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]);
  const { shown, ...more } = useCut(sorted, FIRST);
  if (deliveries.length === 0) return null;
  return (
    <>
      <ul className={classes.list}>
        {shown.map(({ id, integrationId, status, lastError }) => {
          const name = names ? (names.get(integrationId) ?? texts.gone) : commonTexts.notKnown;
          return (
            <li key={id} className={classes.one}>
              <span className={classes.name}>
                <Anchor component={Link} to={`/deliveries/${id}`} size="sm" fw={550} aria-label={texts.openOf(name)}>
                  <bdi>{name}</bdi>
                </Anchor>
                {status !== 'delivered' && lastError !== null && <span className={classes.why}>{lastError}</span>}
              </span>
              <StatusBadge status={status} />
            </li>
          );
        })}
      </ul>
      <ShowMore {...more} />
    </>
  );
}
