import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { searchWith } from '../../components/search.js';
import { useProviders } from '../../components/use-providers.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Waiting } from '../deliveries/ended.js';

export type RowAction = 'edit' | 'duplicate' | 'reconnect' | 'rotate' | 'delete' | Waiting;

interface Props {
  integration: Integration;
  onAct: (action: RowAction, integration: Integration) => void;
  /** On the page of the destination: what is shown there needs no way to it. */
  here?: boolean;
}

const texts = integrationsTexts.menu;

/** What else can be done with a destination. */
export function RowMenu({ integration, onAct, here = false }: Props) {
  const { id, name, provider } = integration;
  const { search } = useLocation();
  const tile = useProviders().tile(provider);
  const act = (action: RowAction) => (): void => onAct(action, integration);
  return (
    <Menu position="bottom-end" withinPortal>
      <May do="manage-integrations">
        <MenuButton name={name} />
      </May>
      <Menu.Dropdown>
        {!here && (
          <Menu.Item component={Link} to={searchWith(search, 'deliveries', id)}>
            {integrationsTexts.recent.open}
          </Menu.Item>
        )}
        {!here && <Menu.Item onClick={act('edit')}>{texts.edit}</Menu.Item>}
        <Menu.Item onClick={act('duplicate')}>{texts.duplicate}</Menu.Item>
        {tile?.setup === 'oauth' && <Menu.Item onClick={act('reconnect')}>{texts.reconnect}</Menu.Item>}
        {tile?.signs && <Menu.Item onClick={act('rotate')}>{texts.rotate}</Menu.Item>}
        <Menu.Divider />
        <Menu.Item color="var(--np-bad)" onClick={act('delete')}>
          {texts.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function MenuButton({ name, disabled }: { name: string; disabled?: boolean }) {
  return (
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" disabled={disabled} aria-label={texts.label(name)}>
        <IconDots size={18} stroke={1.7} />
      </ActionIcon>
    </Menu.Target>
  );
}
