import { Anchor, CloseButton, Drawer, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { Delivery, Integration } from '../../api/types.js';
import { useReturnFocus } from '../../components/dialog/opener.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './deliveries-drawer.module.css';
import { DeliveryLink } from './delivery-link.js';

const texts = deliveriesTexts.drawer;
const NEWEST = 20;

interface Props {
  integration: Integration;
  onClose: () => void;
}

/** What one destination got last, beside the page that it was asked from; live. */
export function DeliveriesDrawer({ integration: { id, name, destination }, onClose }: Props) {
  useReturnFocus();
  const queryKey = keys.deliveries({ newestOf: id });
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const query = { integrationId: id, limit: NEWEST };
      return (await body(api.GET('/api/v1/deliveries', { params: { query }, signal }))).items;
    },
  });
  useRefreshOnAttempts(queryKey);
  return (
    <Drawer.Root opened onClose={onClose} position="right" size="md" returnFocus={false}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={texts.title(name)}>
        <Drawer.Body pt="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
            <div>
              <Title order={2} size="h3">
                <bdi>{texts.title(name)}</bdi>
              </Title>
              <Text size="sm" c="dimmed">
                <bdi>{destination}</bdi>
              </Text>
            </div>
            <CloseButton onClick={onClose} aria-label={commonTexts.close} />
          </Group>
          {data ? (
            <Newest deliveries={data} />
          ) : error ? (
            <ErrorPanel error={error} onRetry={() => void refetch()} />
          ) : (
            <LoadingRows rows={6} />
          )}
          <Anchor component={Link} to={`/deliveries?integrationId=${id}`} size="sm" mt="lg" display="inline-block">
            {texts.all}
          </Anchor>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Newest({ deliveries }: { deliveries: Delivery[] }) {
  if (deliveries.length === 0) return <Text c="dimmed">{texts.empty}</Text>;
  return (
    <ul className={classes.list}>
      {deliveries.map((delivery) => (
        <li key={delivery.id} className={classes.one}>
          <DeliveryLink delivery={delivery} />
          <span className={classes.state}>
            <StatusBadge status={delivery.status} />
            <span className={classes.time}>
              <RelativeTime at={delivery.createdAt} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
