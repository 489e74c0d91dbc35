import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type Query } from '@tanstack/react-query';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Integration, Provider } from '../../api/types.js';
import { ConfirmByName } from '../../components/confirm-by-name.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Waiting } from '../deliveries/ended.js';
import { IntegrationDialog } from './integration-dialog.js';
import { SecretDialog } from './secret-dialog.js';
import { WaitingDialog } from './waiting-dialog.js';

export type Opened =
  | { kind: 'connect'; provider: Provider }
  | { kind: 'edit'; integration: Integration }
  | { kind: 'delete' | Waiting; integration: Integration }
  | { kind: 'secret'; name: string; secret: string; rotated: boolean };

interface Props {
  opened: Opened;
  onOpen: (next: Opened | undefined) => void;
  /** Called once the destination is gone, before the lists are asked again. */
  onDeleted?: () => void;
}

/** The one dialog that is open. A chunk of its own: the front page comes without it. */
export function Dialogs({ opened, onOpen, onDeleted }: Props) {
  const close = (): void => onOpen(undefined);
  switch (opened.kind) {
    case 'connect':
    case 'edit': {
      const integration = opened.kind === 'edit' ? opened.integration : undefined;
      return (
        <IntegrationDialog
          provider={opened.kind === 'edit' ? opened.integration.provider : opened.provider}
          integration={integration}
          onClose={close}
          onDone={({ name }, secret) => {
            if (secret !== undefined) return onOpen({ kind: 'secret', name, secret, rotated: false });
            notifications.show({ color: 'green', message: integrationsTexts.changed(name) });
            close();
          }}
        />
      );
    }
    case 'secret':
      return <SecretDialog name={opened.name} secret={opened.secret} rotated={opened.rotated} onClose={close} />;
    case 'delete':
      return <Remove integration={opened.integration} onClose={close} onDeleted={onDeleted} />;
    case 'dead':
    case 'held':
      return <WaitingDialog integration={opened.integration} status={opened.kind} onClose={close} />;
  }
}

interface RemoveProps extends Pick<Props, 'onDeleted'> {
  integration: Integration;
  onClose: () => void;
}

function Remove({ integration: { id, name }, onClose, onDeleted }: RemoveProps) {
  const client = useQueryClient();
  const texts = integrationsTexts.remove;
  const remove = useMutation({
    mutationFn: () => body(api.DELETE('/api/v1/integrations/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      onDeleted?.();
      // it is not asked for once more: there is nothing to be had
      const others = { queryKey: keys.integrations, predicate: ({ queryKey }: Query) => !queryKey.includes(id) };
      return client.invalidateQueries(others).then(onClose);
    },
    onError: (error) => notifications.show({ color: 'red', title: texts.failed(name), message: error.message }),
  });
  return (
    <ConfirmByName
      onClose={onClose}
      title={texts.title(name)}
      name={name}
      action={texts.action}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {texts.what}
    </ConfirmByName>
  );
}
