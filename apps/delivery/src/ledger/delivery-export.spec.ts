import { describe, expect, it } from 'vitest';
import type { DeliveryRow } from './delivery-row.js';
import { exportName, exportPieces } from './delivery-export.js';

const NOW = new Date('2026-11-27T10:00:00Z');
const at = (text: string): Date => new Date(text);

describe('the name of an exported file', () => {
  it.each([
    [{}, 'deliveries-to-2026-11-27.csv'],
    [{ since: at('2026-11-20T10:00:00Z') }, 'deliveries-2026-11-20-to-2026-11-27.csv'],
    [{ until: at('2026-11-21T00:00:00Z') }, 'deliveries-to-2026-11-20.csv'],
    [
      { since: at('2026-11-20T00:00:00Z'), until: at('2026-11-21T00:00:00Z') },
      'deliveries-2026-11-20-to-2026-11-20.csv',
    ],
    [{ until: at('2027-01-01T00:00:00Z') }, 'deliveries-to-2026-11-27.csv'],
  ])('of %j is %s', (filter, name) => expect(exportName(filter, NOW)).toBe(name));
});

describe('the exported file', () => {
  const ROWS = Array.from({ length: 25 }, (_, place) => rowOf(place));

  /** Ten rows at once, as a list that looks no further gives them. */
  const pageOf = (limit: number, after: { id: string } | undefined) => {
    const from = after === undefined ? 0 : Number(after.id) + 1;
    const rows = ROWS.slice(from, from + Math.min(limit, 10));
    const last = rows.at(-1);
    return Promise.resolve({
      rows,
      next: last && last !== ROWS.at(-1) ? { id: last.id, eventAt: last.event_at } : undefined,
    });
  };

  async function fileOf(most: number): Promise<string[]> {
    let text = '';
    for await (const piece of exportPieces(pageOf, () => ({ name: '=cmd', provider: 'webhook' }), most)) text += piece;
    return text.split('\r\n').slice(0, -1);
  }

  it('has each row once, below the names of the columns', async () => {
    const [head, ...lines] = await fileOf(100);
    expect(head).toMatch(/^\uFEFFtime,status,event,project,version,/);
    expect(lines).toHaveLength(25);
    expect(lines[0]).toBe(
      `2026-11-27T10:00:00.000Z,delivered,release.created,iOS,1.0.0,prod,false,'=cmd,webhook,,1,200,,,,2026-11-27T10:00:00.000Z,0,i,p,r,e`,
    );
  });

  it.each([
    [25, 25, undefined],
    [12, 13, 'Only the newest 12 are listed. Export a shorter time for the older ones.'],
    [20, 21, 'Only the newest 20 are listed. Export a shorter time for the older ones.'],
  ])('of at most %i rows has %i lines and says where it was cut', async (most, count, cut) => {
    const [, ...lines] = await fileOf(most);
    expect(lines).toHaveLength(count);
    if (cut !== undefined) expect(lines.at(-1)).toBe(cut);
  });
});

function rowOf(place: number): DeliveryRow {
  const row = {
    id: String(place),
    event_at: NOW,
    updated_at: NOW,
    event_id: 'e',
    event_type: 'release.created',
    integration_id: 'i',
    project_id: 'p',
    project_name: 'iOS',
    release_id: 'r',
    version: `1.0.${place}`,
    environment: 'prod',
    test: false,
    status: 'delivered',
    round: 1,
    attempt_count: 1,
    next_attempt_at: null,
    last_status_code: 200,
    last_error_code: null,
    last_error: null,
    subject: null,
  };
  return row as DeliveryRow;
}
