import { Switch } from '@mantine/core';
import { May } from '../../auth/may.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Integration } from '../../api/types.js';
import { useEnabled } from './use-enabled.js';

/** Whether it hears of anything. */
export function EnabledSwitch({ integration: { id, name, enabled } }: { integration: Integration }) {
  const change = useEnabled(id, name);
  return (
    <May do="manage-integrations">
      <Switch
        checked={enabled}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
        aria-label={integrationsTexts.toggle(name)}
      />
    </May>
  );
}
