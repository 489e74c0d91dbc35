import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, body } from '../../api/client.js';
import { reasonOf } from '../../api/problem.js';
import type { Integration, Provider } from '../../api/types.js';
import { previewTexts as texts } from '../../texts/preview.js';
import type { Change } from './draft.js';

interface Props {
  provider: Provider;
  integration: Integration | undefined;
  change: Change;
}

/** The footer of the dialog lies above what is below it; on a phone it has two lines. */
const FOOTER = '8rem';

/** Sends a test to what is typed in, and says beside it how that went. Nothing is saved. */
export function TestTyped({
  provider,
  integration,
  change: { credentials, projectId, eventTypes, environments },
}: Props) {
  const test = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/integrations/test', {
          body: {
            provider,
            credentials: credentials ?? {},
            integrationId: integration?.id,
            projectId,
            eventType: eventTypes[0],
            environment: environments.at(-1),
          },
        }),
      ),
  });
  const { data, error } = test;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (data || error) place.current?.scrollIntoView({ block: 'nearest' });
  }, [data, error]);
  return (
    <Stack gap="sm" aria-live="polite" ref={place} style={{ scrollMarginBottom: FOOTER }}>
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {texts.test}
      </Button>
      {data?.outcome === 'delivered' && <Alert color="green">{texts.delivered(data.durationMs)}</Alert>}
      {data?.outcome === 'failed' && (
        <Alert color="red" title={texts.notDelivered}>
          {data.error}
        </Alert>
      )}
      {error && (
        <Alert color="red" title={texts.notSent}>
          {reasonOf(error)}
        </Alert>
      )}
    </Stack>
  );
}
