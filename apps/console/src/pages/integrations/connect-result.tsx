import { Alert, Anchor } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Integration } from '../../api/types.js';
import { useProviders } from '../../components/use-providers.js';
import { commonTexts } from '../../texts/common.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { Twins } from './twins.js';
import { beforeOf, type Before } from './sign-in-at.js';
import type { ConnectAnswer } from './use-connect-result.js';

const texts = integrationDialogTexts.result;

interface Props {
  answer: ConnectAnswer;
  onClose: () => void;
  integrations: Integration[] | undefined;
}

/** How a sign-in at a provider went. */
export function ConnectResult({ answer, onClose, integrations }: Props) {
  const providers = useProviders();
  const { connected: id, connect_error: fault, provider = '' } = answer;
  const connected = integrations?.find((one) => one.id === id);
  if (fault)
    return (
      <Alert color="red" title={texts.failed(providers.name(provider))} {...closedBy(onClose)}>
        {texts.faults[fault] ?? texts.unknownFault}
      </Alert>
    );
  return connected ? <Connected integration={connected} onClose={onClose} /> : null;
}

const closedBy = (onClose: () => void) =>
  ({ mb: 'lg', withCloseButton: true, closeButtonLabel: commonTexts.close, onClose }) as const;

function Connected({ integration, onClose }: { integration: Integration; onClose: () => void }) {
  const { id, name } = integration;
  const [before] = useState(() => beforeOf(id));
  return (
    <>
      <Alert color="green" title={before ? texts.reconnected(name) : texts.connected(name)} {...closedBy(onClose)}>
        {before ? <SinceThen before={before} integration={integration} /> : texts.connectedHint}{' '}
        <Anchor component={Link} to={`/integrations/${id}`} size="sm">
          {texts.open}
        </Anchor>
      </Alert>
      {integration.sameTarget.length > 0 && <Twins twins={integration.sameTarget} route={integration} />}
    </>
  );
}

/** What reconnecting has changed: its name, and what had failed is delivered. */
function SinceThen({ before, integration: { name, counts } }: { before: Before; integration: Integration }) {
  const { dead = 0, pending = 0, retrying = 0 } = counts ?? {};
  const open = Math.min(before.dead, dead + pending + retrying);
  return (
    <span role="status">
      {before.name !== name && `${texts.renamed(before.name, name)} `}
      {before.dead > 0 && counts && texts.drained(before.dead - open, before.dead)}
    </span>
  );
}
