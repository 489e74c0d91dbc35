import pg from 'pg';
import { expect } from 'vitest';
import { Api, stack } from '../../e2e/support/api.js';
import { eventually } from '../../support/eventually.js';
import { startReceiver } from '../../support/receiver.js';

/** A destination that is disabled, and holds that many messages. */
export async function paused(many: number, name = 'Paused') {
  const api = await Api.signIn();
  const project = await api.project('NitroPush iOS');
  const receiver = await startReceiver();
  const hook = await api.webhook(receiver.url, { name, enabled: false });
  for (let n = 0; n < many; n++) await api.release(project.id, `1.0.${n}`);
  await eventually(async () => expect((await api.integration(hook.id)).counts).toMatchObject({ held: many }));
  return { api, project, receiver, hook };
}

/** What is held there counts as tried in vain: the tries themselves would take minutes. Of a destination as it is left by that. */
export async function giveUp(
  integrationId: string,
  health: 'needs_reconnect' | 'failing' = 'needs_reconnect',
): Promise<void> {
  const client = new pg.Client({ connectionString: stack().databaseUrls['delivery'] });
  await client.connect();
  await client.query(`UPDATE deliveries SET status = 'dead' WHERE integration_id = $1 AND status = 'held'`, [
    integrationId,
  ]);
  await client.query(
    `INSERT INTO destinations (integration_id, organization_id, health)
     SELECT DISTINCT integration_id, organization_id, $2 FROM deliveries WHERE integration_id = $1
     ON CONFLICT (integration_id) DO UPDATE SET health = excluded.health`,
    [integrationId, health],
  );
  await client.end();
}
