import { Button } from '@mantine/core';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { useTest } from './use-test.js';

/** Sends a sample of what the destination receives. `here`: on its own page, where its name need not be said again. */
export function TestButton({ integration, here = false }: { integration: Integration; here?: boolean }) {
  const test = useTest(integration);
  return (
    <May do="test">
      <Button
        variant="default"
        size={here ? 'sm' : 'xs'}
        loading={test.isPending}
        onClick={() => test.mutate({})}
        aria-label={here ? undefined : integrationsTexts.test.label(integration.name)}
      >
        {here ? integrationsTexts.test.send : commonTexts.test}
      </Button>
    </May>
  );
}
