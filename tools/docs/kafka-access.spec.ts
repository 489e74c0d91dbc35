import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeliverySettings } from '../../apps/delivery/src/delivery.config.js';
import { settingsOf } from '#libs/config';
import { DEFAULT_DELAYS, rightsTable, topicsTable } from './kafka-access.js';

/** The rows of a table of the page, below the heading. */
function tableBelow(heading: string): string[][] {
  const page = readFileSync('docs/how-to/connect-to-kafka.md', 'utf8');
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/how-to/connect-to-kafka.md', () => {
  it('has every topic with the settings that the services would create it with', () => {
    expect(tableBelow('Topics to create beforehand')).toEqual(topicsTable());
  });

  it('has the rights of each service', () => {
    expect(tableBelow('The rights of each service')).toEqual(rightsTable());
  });

  it('has a retry topic for each delay that there is by default', () => {
    const settings = settingsOf(DeliverySettings);
    const delays = [settings.get('retryDelays')!.default, settings.get('mailLateRetryDelay')!.default].flat();
    expect((delays as { label: string }[]).map(({ label }) => label)).toEqual(DEFAULT_DELAYS);
  });
});
