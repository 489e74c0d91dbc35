import type { Integration, Provider, Tile } from '../../api/types.js';
import { needsAttention } from '../../components/attention.js';
import { integrationsTexts } from '../../texts/integrations.js';

/** Which destinations the table shows. */
export type Shown = 'all' | 'attention' | 'disabled' | Provider;

/** The choices, of which the first is all of them. */
export const choices = (tiles: readonly Tile[]): { value: Shown; label: string }[] => [
  ...Object.entries(integrationsTexts.shown).map(([value, label]) => ({ value: value as Shown, label })),
  ...tiles.map(({ id, name }) => ({ value: id, label: name })),
];

type Judged = Pick<Integration, 'provider' | 'enabled' | 'health' | 'counts' | 'recipients'>;

export function isShown(integration: Judged, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'disabled':
      return !integration.enabled;
    case 'attention':
      return needsAttention(integration);
    default:
      return integration.provider === shown;
  }
}
