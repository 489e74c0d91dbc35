import pg from 'pg';
import type { Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';
import { Api, stack, type Integration, type Project } from '../e2e/support/api.js';
import { openConsole } from '../console/support/console.js';
import { expectInTime } from '../support/expect-in-time.js';

const INTEGRATIONS = 500;
const DELIVERIES = 100_000;
const AT_ONCE = 10;
/** Every page opens within a second on a machine that does nothing else, half of it as measured; a busy one is given twice that. */
const MOST_MS = 2_000;
/** A frame of a page that scrolls smoothly; the median of many. */
const FRAME_MS = 34;

let api: Api;
let project: Project;

beforeAll(async () => {
  api = await Api.signIn();
  project = await api.project('NitroPush iOS');
  const integrations: Integration[] = [];
  for (let from = 0; from < INTEGRATIONS; from += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, place) => {
      const name = `Destination ${String(from + place).padStart(3, '0')}`;
      return api.webhook(`http://127.0.0.1:9/${from + place}`, { name, projectId: place % 2 ? project.id : null });
    });
    integrations.push(...(await Promise.all(some)));
  }
  await fillLedger(integrations.map(({ id }) => id));
}, 300_000);

/** A month of deliveries as the delivery service would have kept them: nearly all delivered, some dead or held. */
async function fillLedger(integrationIds: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: stack().databaseUrls['delivery'] });
  await client.connect();
  try {
    await client.query(
      `WITH made AS (
         INSERT INTO deliveries (id, event_at, event_id, event_type, organization_id, integration_id, project_id, project_name,
           release_id, version, environment, test, status, round, round_attempts, attempt_count, credentials_version, event, updated_at)
         SELECT gen_random_uuid(), now() - n * interval '26 seconds', 'scale-' || n, (ARRAY['release.created','release.promoted','release.rollout_changed'])[1 + n % 3],
           $1, ($2::uuid[])[1 + n % cardinality($2::uuid[])], $3, 'NitroPush iOS', gen_random_uuid(), '1.' || n / 100 || '.' || n % 100,
           (ARRAY['test','stage','prod'])[1 + n % 3], false, CASE WHEN n % 199 = 0 THEN 'dead' WHEN n % 211 = 0 THEN 'held' ELSE 'delivered' END,
           1, 1, 1, 1, '{}', now() - n * interval '26 seconds'
         FROM generate_series(1, $4) n RETURNING id, event_at, organization_id, status
       )
       INSERT INTO attempts (delivery_id, event_at, round, number, organization_id, started_at, duration_ms, outcome, permanent, status_code)
       SELECT id, event_at, 1, 1, organization_id, event_at, 42, CASE status WHEN 'dead' THEN 'failed' ELSE 'delivered' END, false, 200 FROM made`,
      [api.organizationId, integrationIds, project.id, DELIVERIES],
    );
    await client.query(
      `INSERT INTO destination_minutes (integration_id, organization_id, minute, delivered, failed, latencies)
       SELECT integration_id, organization_id, date_trunc('minute', event_at), count(*) FILTER (WHERE status = 'delivered'),
         count(*) FILTER (WHERE status = 'dead'), array_fill(1, ARRAY[25])
       FROM deliveries WHERE organization_id = $1 GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING`,
      [api.organizationId],
    );
    await client.query('ANALYZE deliveries, attempts, destination_minutes');
  } finally {
    await client.end();
  }
}

/** From the address to what the page lists, in ms. */
async function opening(page: Page, path: string, shows: string): Promise<number> {
  const began = performance.now();
  await page.goto(path);
  await page.getByText(shows).first().waitFor();
  await page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
  return performance.now() - began;
}

it.each([
  ['/integrations', 'Destination 499'],
  ['/deliveries', 'Older'],
  ['/deliveries?status=dead', 'Older'],
  ['/projects', 'NitroPush iOS'],
  ['/operations', 'Dead letter'],
])(`%s opens at once, with ${INTEGRATIONS} integrations and ${DELIVERIES} deliveries`, async (path, shows) => {
  const page = await openConsole(api, { path });
  await page.getByText(shows).first().waitFor();
  const took = await expectInTime(MOST_MS, () => opening(page, path, shows));
  console.log(`${path}: ${took.join(', ')} ms`);
});

it('the longest list scrolls and is searched without a stutter', async () => {
  const page = await openConsole(api, { path: '/integrations' });
  await page.getByText('Destination 499').waitFor();
  await expectInTime(FRAME_MS, () => medianFrame(page));
  const search = page.getByRole('textbox').first();
  const took = await expectInTime(MOST_MS, async () => {
    await search.clear();
    await page.getByText(`${INTEGRATIONS} connected`).waitFor();
    const began = performance.now();
    await search.fill('Destination 123');
    await page.getByText(/^1 of /).waitFor();
    return performance.now() - began;
  });
  console.log(`search: ${took.join(', ')} ms`);
});

/** The time from one frame to the next while the page scrolls, in ms. */
async function medianFrame(page: Page): Promise<number> {
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    window.scrollTo(0, 0);
    const step = (now) => {
      times.push(now - last);
      last = now;
      window.scrollBy(0, 200);
      if (times.length < 90) requestAnimationFrame(step); else resolve(times);
    };
    requestAnimationFrame(step);
  })`);
  return frames.sort((a, b) => a - b)[45]!;
}
