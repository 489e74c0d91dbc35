import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { Api, stack, type Page } from '../e2e/support/api.js';
import { everyRecord } from '../e2e/support/every-record.js';
import { allReady, kill, signalServer } from '../support/control.js';
import { eventually } from '../support/eventually.js';
import { inBackground } from '../support/in-background.js';

const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.end();
  await signalServer('kafka', 'SIGCONT');
  await allReady();
});

type Service = 'releases' | 'integrations';
/** Of the relay: who has it publishes. */
const LOCK = 4_120_114;
const NAMES = ['One', 'Two', 'Three', 'Four', 'Five'];

/** What can be renamed through a service, and what Activity says of that. */
async function renamed(service: Service) {
  const api = await Api.signIn();
  const [path, action] =
    service === 'releases'
      ? [`/projects/${(await api.project('Before')).id}`, 'project.renamed']
      : [`/integrations/${(await api.webhook('http://127.0.0.1:9/', { name: 'Before' })).id}`, 'integration.changed'];
  return {
    organizationId: api.organizationId,
    answers: async (): Promise<unknown> => api.must('GET', path),
    rename: async (name: string): Promise<unknown> => api.must('PATCH', path, { name }),
    /** New names as they were told, oldest first. */
    told: async (): Promise<(string | null)[]> => {
      const { items } = await api.must<Page<{ changes: { after: string | null }[] }>>(
        'GET',
        `/activity?action=${action}&limit=100`,
      );
      return items.flatMap(({ changes }) => changes.map(({ after }) => after)).toReversed();
    },
  };
}

type Renamed = Awaited<ReturnType<typeof renamed>>;

/** Takes the right to publish from a service, which goes on taking calls. Answers how it is given back. */
async function keepFromPublishing(service: Service): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: stack().databaseUrls[service] });
  await client.connect();
  open.push(client);
  const locked = inBackground(client.query('SELECT pg_advisory_lock($1)', [LOCK]));
  await kill(service);
  await locked;
  return async () => void (await client.query('SELECT pg_advisory_unlock($1)', [LOCK]));
}

/** What is told in the end: after one more change, behind which nothing can come twice any more. */
async function toldInTheEnd({ rename, told }: Renamed): Promise<(string | null)[]> {
  await allReady();
  await eventually(async () => expect(await told()).toEqual(expect.arrayContaining(NAMES)));
  await rename('Last');
  await eventually(async () => expect(await told()).toContain('Last'));
  return told();
}

const ONCE = [...NAMES, 'Last'];

describe.each(['releases', 'integrations'] as const)('Activity, where %s is killed', (service) => {
  it('before it publishes changes that are committed, tells of each once', async () => {
    const changed = await renamed(service);
    const goOn = await keepFromPublishing(service);
    await eventually(changed.answers);
    for (const name of NAMES) await changed.rename(name);
    await kill(service);
    await goOn();
    expect(await toldInTheEnd(changed)).toEqual(ONCE);
  });

  it('before Kafka acknowledges what it publishes, tells of each once', async () => {
    const changed = await renamed(service);
    await signalServer('kafka', 'SIGSTOP'); // what is sent waits for it, also where its sender is gone
    for (const name of NAMES) await changed.rename(name);
    await kill(service);
    await signalServer('kafka', 'SIGCONT');
    expect(await toldInTheEnd(changed)).toEqual(ONCE);
    const records = (await everyRecord('activity')).filter(
      ({ key, value }) => key === changed.organizationId && NAMES.some((name) => value!.includes(`"after":"${name}"`)),
    );
    console.log(`${records.length - NAMES.length} of ${NAMES.length} records of ${service} came twice`);
  });
});
