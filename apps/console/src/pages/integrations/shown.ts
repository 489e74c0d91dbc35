import type { Integration, Provider, Tile } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';

/** Which destinations the table shows. */
export type Shown = 'all' | 'attention' | 'disabled' | Provider;

/** The choices, of which the first is all of them. */
export const choices = (tiles: readonly Tile[]): { value: Shown; label: string }[] => [
  ...Object.entries(integrationsTexts.shown).map(([value, label]) => ({ value: value as Shown, label })),
  ...tiles.map(({ id, name }) => ({ value: id, label: name })),
];

type Judged = Pick<Integration, 'provider' | 'enabled' | 'health' | 'counts' | 'recipients'>;

export function isShown({ provider, enabled, health, counts, recipients }: Judged, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'disabled':
      return !enabled;
    case 'attention':
      return (
        health === 'failing' ||
        health === 'needs_reconnect' ||
        (counts?.dead ?? 0) + (counts?.held ?? 0) + (recipients?.unconfirmed ?? 0) > 0
      );
    default:
      return provider === shown;
  }
}
