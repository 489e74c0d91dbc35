import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import { tooMany } from '#libs/problems';
import type { IntegrationsSettings } from '../integrations.config.js';

/** How many tests an organization may send in a minute: each is a post or a mail to somebody, for one click. */
@Injectable()
export class TestCap {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'maxTestsPerMinute'>,
  ) {}

  /** Counts one more, in one statement: what comes at the same time, on whichever instance, counts too. @throws Problem 429 */
  async admit(organizationId: string): Promise<void> {
    const { maxTestsPerMinute: most } = this.settings;
    const [{ count, left }] = await this.dataSource.query<[{ count: number; left: number }]>(
      `INSERT INTO test_counts AS t (organization_id, began_at, count) VALUES ($1, now(), 1)
       ON CONFLICT (organization_id) DO UPDATE SET
         began_at = CASE WHEN t.began_at > now() - interval '1 minute' THEN t.began_at ELSE now() END,
         count = CASE WHEN t.began_at > now() - interval '1 minute' THEN LEAST(t.count, $2) + 1 ELSE 1 END
       RETURNING count, ceil(extract(epoch FROM began_at + interval '1 minute' - now()))::int AS left`,
      [organizationId, most],
    );
    if (count > most) throw tooMany(`An organization may send ${most} tests a minute (MAX_TESTS_PER_MINUTE).`, left);
  }
}
