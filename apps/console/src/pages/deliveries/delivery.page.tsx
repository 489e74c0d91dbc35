import { Alert, Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { LIVE, useRefreshOnAttempts } from '../../api/live.js';
import { queries } from '../../api/queries.js';
import type { DeliveryOne, DeliveryStatus, Integration } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Subject } from '../../components/subject.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { subjectOf } from './delivery-link.js';
import { DestinationLink } from './destination-link.js';
import { NextActions } from './next-action.js';
import { Sent } from './sent.js';
import { Timeline } from './timeline.js';

const texts = deliveriesTexts.one;

/** One delivery: how it stands, what to do, every attempt, and what was sent. */
export function DeliveryPage() {
  const { deliveryId = '' } = useParams();
  const delivery = useQuery({
    queryKey: keys.delivery(deliveryId),
    queryFn: ({ signal }) => body(api.GET('/api/v1/deliveries/{id}', { params: { path: { id: deliveryId } }, signal })),
  });
  const integrations = useQuery({ ...queries.integrations(), ...LIVE });
  const integration = integrations.data?.find(({ id }) => id === delivery.data?.integrationId);
  useRefreshOnAttempts(keys.delivery(deliveryId), keys.integrations); // what to do depends on its destination's health
  return (
    <>
      <PageTitle
        title={delivery.data ? titleOf(delivery.data, integrations.data) : texts.title}
        lead={
          <Anchor component={Link} to="/deliveries">
            {texts.back}
          </Anchor>
        }
      >
        {delivery.data && <NextActions delivery={delivery.data} integration={integration} />}
      </PageTitle>
      {delivery.data ? (
        <Shown delivery={delivery.data} integration={integration} known={integrations.data !== undefined} />
      ) : delivery.error ? (
        <ErrorPanel error={delivery.error} onRetry={() => void delivery.refetch()} />
      ) : (
        <LoadingFromDelivery rows={4} />
      )}
    </>
  );
}

/** What it is about, and where it goes as far as that is known. */
function titleOf(delivery: DeliveryOne, integrations: readonly Integration[] | undefined): string {
  const subject = subjectOf(delivery);
  if (!integrations) return subject;
  const destination = integrations.find(({ id }) => id === delivery.integrationId);
  return texts.titleOf(subject, destination?.name ?? texts.goneDestination);
}

interface ShownProps {
  delivery: DeliveryOne;
  integration: Integration | undefined;
  /** The integrations are there: one that is not among them was deleted. */
  known: boolean;
}

function Shown({ delivery, integration, known }: ShownProps) {
  return (
    <Stack gap="xl">
      <Paper p="lg">
        <Group justify="space-between" align="flex-start">
          <Subject of={delivery} />
          <StatusBadge status={delivery.status} />
        </Group>
        <Text size="sm" c="dimmed" mt="xs" aria-busy={!known || undefined}>
          {known && <DestinationLink id={delivery.integrationId} name={integration?.name} />}
          {known && ` · ${integration ? `${integration.destination} · ` : ''}`}
          <RelativeTime at={delivery.createdAt} />
        </Text>
        <Meaning delivery={delivery} integration={integration} gone={known && !integration} />
        <Group mt="md" gap="lg">
          {!delivery.test && delivery.releaseId !== null && (
            <Anchor component={Link} size="sm" to={`/projects/${delivery.projectId}/releases/${delivery.releaseId}`}>
              {texts.release}
            </Anchor>
          )}
          <Anchor component={Link} size="sm" to={`/deliveries?integrationId=${delivery.integrationId}`}>
            {texts.destination}
          </Anchor>
        </Group>
      </Paper>
      <section aria-labelledby="attempts">
        <Title order={2} id="attempts" mb="md">
          {texts.attempts}
        </Title>
        <Timeline delivery={delivery} />
      </section>
      <Sent delivery={delivery} />
    </Stack>
  );
}

const GROUNDS: Partial<Record<DeliveryStatus, string>> = {
  dead: 'var(--np-bad-ground)',
  retrying: 'var(--np-warn-ground)',
  pending: 'var(--np-info-ground)',
  held: 'var(--np-idle-ground)',
  dropped: 'var(--np-idle-ground)',
};

interface MeaningProps {
  delivery: DeliveryOne;
  integration: Integration | undefined;
  gone: boolean;
}

/** What its state means, what is wrong in the API's own words, and what to do first. */
function Meaning({ delivery: { status, lastError, nextAttemptAt }, integration, gone }: MeaningProps) {
  if (status === 'delivered') return null;
  const first = status === 'dead' || status === 'held' ? (gone ? texts.goneHint : firstOf(integration)) : undefined;
  return (
    <Alert mt="md" bg={GROUNDS[status]} title={texts.meaning[status]}>
      {lastError}
      {status === 'retrying' && nextAttemptAt !== null && (
        <>
          {' '}
          {texts.next} <RelativeTime at={nextAttemptAt} due />.
        </>
      )}
      {first !== undefined && (
        <Text size="sm" mt="xs">
          {first}
        </Text>
      )}
    </Alert>
  );
}

function firstOf(integration: Integration | undefined): string | undefined {
  if (integration?.enabled === false) return texts.enableFirst;
  return integration?.health === 'needs_reconnect' ? texts.reconnectFirst : undefined;
}
