import { Alert, Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Integration } from '../../api/types.js';
import { useProviders } from '../../components/use-providers.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';

const texts = integrationsTexts.result;

/** The destination that a sign-in has just connected, by the address of this page. */
export function useConnected(): string | undefined {
  const [query] = useSearchParams();
  return query.get('connected') ?? undefined;
}

/** How a sign-in at a provider went. */
export function ConnectResult({ integrations }: { integrations: Integration[] | undefined }) {
  const [query, setQuery] = useSearchParams();
  const providers = useProviders();
  const names = useMemo(() => new Map(integrations?.map(({ id, name }) => [id, name])), [integrations]);
  const close = (): void => setQuery({}, { replace: true });
  const [connected, already, fault] = ['connected', 'already', 'connect_error'].map((one) => query.get(one));
  if (fault)
    return (
      <Alert
        color="red"
        mb="lg"
        title={texts.failed(providers.name(query.get('provider') ?? ''))}
        withCloseButton
        closeButtonLabel={commonTexts.close}
        onClose={close}
      >
        {texts.faults[fault] ?? texts.unknownFault}
      </Alert>
    );
  const name = connected ? names.get(connected) : undefined;
  if (name === undefined) return null;
  const twin = already ? names.get(already) : undefined;
  return (
    <Alert
      color="green"
      mb="lg"
      title={texts.connected(name)}
      withCloseButton
      closeButtonLabel={commonTexts.close}
      onClose={close}
    >
      {twin === undefined ? texts.connectedHint : texts.already(twin)}{' '}
      <Anchor component={Link} to={`/integrations/${connected}`} size="sm">
        {texts.open}
      </Anchor>
    </Alert>
  );
}
