import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import { reasonOf } from '../../api/problem.js';
import type { Integration, Tile } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { useProviders } from '../../components/use-providers.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { reconnectAt } from './sign-in-at.js';

const IntegrationDialog = lazy(() =>
  import('./integration-dialog.js').then((module) => ({ default: module.IntegrationDialog })),
);
const texts = integrationsTexts.reconnect;

interface Props extends Pick<ButtonProps, 'size'> {
  integration: Integration;
  /** On the page of the destination, where its name need not be said again. */
  here?: boolean;
}

/** New credentials for a destination that refuses the ones it has: by signing in again, or in its form. */
export function ReconnectButton({ integration, size, here = false }: Props) {
  const { name, provider } = integration;
  const tile = useProviders().tile(provider);
  const [editing, setEditing] = useState(false);
  const close = (): void => setEditing(false);
  const reconnect = useMutation({
    mutationFn: () => reconnectAt(integration),
    onError: (error) => notifications.show({ color: 'red', title: integrationsTexts.failed, message: reasonOf(error) }),
  });
  const leaves = tile?.setup === 'oauth';
  const act = (): void => (leaves ? reconnect.mutate() : setEditing(true));
  return (
    <>
      <May do="manage-integrations">
        <Button size={size} loading={reconnect.isPending} onClick={act}>
          {here ? shortName(tile) : leaves ? texts.signIn(name) : texts.update(name)}
        </Button>
      </May>
      {editing && (
        <Suspense>
          <IntegrationDialog provider={provider} integration={integration} onClose={close} onDone={close} />
        </Suspense>
      )}
    </>
  );
}

function shortName(tile: Tile | undefined): string {
  const label = tile?.fields.find(({ credential }) => credential)?.label;
  return tile?.setup === 'oauth' || label === undefined ? texts.again : texts.update(label);
}
