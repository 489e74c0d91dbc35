import { notifications } from '@mantine/notifications';
import type { Integration, Provider } from '../../api/types.js';
import { ConfirmByName } from '../../components/confirm-by-name.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Waiting } from '../deliveries/ended.js';
import type { Duplicate } from './draft.js';
import { IntegrationDialog } from './integration-dialog.js';
import { RotateDialog } from './rotate-dialog.js';
import { removeSoon } from './remove-soon.js';
import { SecretDialog } from './secret-dialog.js';
import { WaitingDialog } from './waiting-dialog.js';

export type Opened =
  | { kind: 'connect'; provider: Provider; from?: Duplicate }
  | { kind: 'edit'; integration: Integration }
  | { kind: 'delete' | 'rotate' | Waiting; integration: Integration }
  | { kind: 'secret'; name: string; secret: string; rotated: boolean };

interface Props {
  opened: Opened;
  onOpen: (next: Opened | undefined) => void;
  /** Called once the destination is gone from the lists. */
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
          from={opened.kind === 'connect' ? opened.from : undefined}
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
    case 'rotate':
      return (
        <RotateDialog
          integration={opened.integration}
          onClose={close}
          onRotated={(secret) => onOpen({ kind: 'secret', name: opened.integration.name, secret, rotated: true })}
        />
      );
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

function Remove({ integration, onClose, onDeleted }: RemoveProps) {
  const { name } = integration;
  const texts = integrationDialogTexts.remove;
  const remove = (): void => {
    removeSoon(integration);
    onDeleted?.();
    onClose();
  };
  return (
    <ConfirmByName onClose={onClose} title={texts.title(name)} name={name} action={texts.action} onConfirm={remove}>
      {texts.what}
    </ConfirmByName>
  );
}
