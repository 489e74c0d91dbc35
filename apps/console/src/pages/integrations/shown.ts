import type { Integration, Provider } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';

/** Which destinations the table shows. */
export type Shown = 'all' | 'attention' | 'disabled' | Provider;

export const SHOWN: { value: Shown; label: string }[] = Object.entries({
  ...integrationsTexts.shown,
  ...commonTexts.providers,
}).map(([value, label]) => ({ value: value as Shown, label }));

type Judged = Pick<Integration, 'provider' | 'enabled' | 'health' | 'counts'>;

export function isShown({ provider, enabled, health, counts }: Judged, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'disabled':
      return !enabled;
    case 'attention':
      return health === 'failing' || health === 'needs_reconnect' || (counts?.dead ?? 0) + (counts?.held ?? 0) > 0;
    default:
      return provider === shown;
  }
}
