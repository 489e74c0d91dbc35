import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DELIVERY_REQUESTED,
  RELEASES_SOURCE,
  RELEASE_EVENTS,
  TOPICS,
  deliveryIdOf,
  isAlert,
  encodeReleaseEvent,
  uuidv7,
  type DeliveryRequested,
  type IntegrationState,
  type ReleaseEvent,
} from '#libs/contracts';
import { KafkaConnection, Publisher, ensureTopics, type OutboundRecord } from '#libs/kafka';
import { Registry, createLogger } from '#libs/observability';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { eventually } from '../../../../test/support/eventually.js';
import { inBackground } from '../../../../test/support/in-background.js';
import { buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import { EventReplay } from './event-replay.service.js';
import { EventRouter } from './event-router.service.js';
import { Rerouting } from './rerouting.service.js';
import { ROUTING_GROUP } from './routing-progress.js';

const quiet = (): void => undefined;
const MINUTE = 60_000;

let connection: KafkaConnection;
let publisher: Publisher;
let known: KnownIntegrations;
let registry: Registry;
let rerouting: Rerouting;
/** Whether the states on the topic can be read. */
let away: boolean;
let requests: DeliveryRequested[];
let lines: Record<string, unknown>[];
let organizationId: string;

beforeEach(async () => {
  const brokers = process.env['TEST_KAFKA_BROKERS']!.split(',');
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  connection = new KafkaConnection({ brokers, clientId: 'test', replicationFactor: 1, minInsyncReplicas: 1 }, log);
  publisher = new Publisher(connection);
  await publisher.connect();
  await ensureTopics(connection, [TOPICS.releaseEvents]);
  known = new KnownIntegrations();
  registry = new Registry();
  [requests, lines, away, organizationId] = [[], [], false, uuidv7()];
  const router = new EventRouter({ now: Date.now }, { adminBaseUrl: 'https://admin.example.com' });
  const publish = async (topic: string, records: OutboundRecord | OutboundRecord[]): Promise<void> => {
    if (topic !== DELIVERY_REQUESTED.topic) throw new Error(`published on ${topic}`);
    for (const { value } of [records].flat()) requests.push(JSON.parse(String(value)) as DeliveryRequested);
  };
  const logger = createLogger('test', 'info', {
    write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]),
  });
  const catchUp = (): Promise<void> => (away ? Promise.reject(new Error('away')) : Promise.resolve());
  const replay = new EventReplay(connection, { publish }, router);
  rerouting = new Rerouting({ catchUp }, known, replay, logger, registry);
});
afterEach(async () => {
  rerouting.beforeApplicationShutdown();
  await publisher.disconnect();
  await connection.close();
});

function state(more: Partial<IntegrationState> = {}): IntegrationState {
  const made = buildIntegrationState({ organizationId, ...more });
  known.apply({ key: made.id, headers: {}, value: Buffer.from(JSON.stringify(made)) });
  return made;
}

function event(version: string, at: number, projectId = uuidv7()): ReleaseEvent {
  const release = { id: uuidv7(), version, environment: 'prod', mandatory: false, description: null } as const;
  return {
    id: uuidv7(),
    type: 'release.created',
    time: new Date(at).toISOString(),
    data: {
      organizationId,
      project: { id: projectId, name: 'NitroPush iOS' },
      release: { ...release, rolloutPercentage: 100, revision: 1 },
      previous: null,
      actor: { id: 'u', name: 'U' },
    },
  };
}
const append = (...events: ReleaseEvent[]): Promise<void> =>
  publisher.publish(
    RELEASE_EVENTS.topic,
    events.map((one) => encodeReleaseEvent(one, RELEASES_SOURCE)),
  );
/** Routing has routed all that there is. */
async function routingIsAtEnd(): Promise<void> {
  const admin = await connection.admin();
  const ends = await admin.fetchTopicEnds(RELEASE_EVENTS.topic);
  const partitions = ends.map(({ partition, end }) => ({ partition, offset: String(end) }));
  await admin.setOffsets({ groupId: ROUTING_GROUP, topic: RELEASE_EVENTS.topic, partitions });
}
async function onTopic(...events: ReleaseEvent[]): Promise<void> {
  await append(...events);
  await routingIsAtEnd();
}
const routed = (): string[] =>
  requests
    .map(({ integrationId, event }) => `${integrationId} ${isAlert(event) ? '' : event.data.release.version}`)
    .toSorted();

describe('an integration whose state came late', () => {
  it('gets what was accepted since it was saved and is on its route, under the ids that routing gives', async () => {
    const now = Date.now();
    const project = uuidv7();
    const [before, after, elsewhere] = [event('1', now - MINUTE, project), event('2', now, project), event('3', now)];
    const [late] = [state({ projectId: project }), state()];
    await onTopic(before, after, elsewhere);
    await rerouting.catchUp([{ state: late, savedAt: now - 10_000 }]);
    expect(routed()).toEqual([`${late.id} 2`]);
    expect(requests[0]).toMatchObject({ deliveryId: deliveryIdOf(after, late.id), attempt: 1, recordedAt: after.time });
    expect(requests[0]!.event.data.url).toMatch(/^https:\/\/admin.example.com\/projects/);
    expect(await registry.getSingleMetricAsString('routing_rerouted_total')).toMatch(/ 1$/m);
  });

  it('shares one reading with all that come meanwhile', async () => {
    const now = Date.now();
    await onTopic(event('1', now));
    const all = Array.from({ length: 5 }, () => state());
    await Promise.all(all.map((one) => rerouting.catchUp([{ state: one, savedAt: now }])));
    expect(routed()).toEqual(expect.arrayContaining(all.map(({ id }) => `${id} 1`)));
    expect(lines.filter(({ event: name }) => name === 'integration-states.caught-up')).toHaveLength(1);
  });

  it('gets nothing where it was deleted since', async () => {
    const now = Date.now();
    await onTopic(event('1', now));
    const late = state();
    known.apply({ key: late.id, headers: {}, value: null });
    await rerouting.catchUp([{ state: late, savedAt: now }]);
    expect([requests, lines]).toEqual([[], []]);
  });

  it('gets nothing ahead of what routing has not come to yet', async () => {
    const now = Date.now();
    const project = uuidv7();
    const late = state();
    await onTopic(event('1', now, project));
    await append(event('2', now - MINUTE, project), event('3', now, project)); // the first is only on routing's way
    const asked = vi.spyOn(await connection.admin(), 'fetchOffsets');
    let done = false;
    const caughtUp = inBackground(rerouting.catchUp([{ state: late, savedAt: now }]).then(() => (done = true)));
    await eventually(() => expect(asked.mock.calls.length).toBeGreaterThan(1));
    expect([routed(), done]).toEqual([[], false]);
    await routingIsAtEnd();
    await caughtUp;
    expect(routed()).toEqual([`${late.id} 1`, `${late.id} 3`]);
  });

  it('is not done with while anything fails, and is asked for again', async () => {
    const now = Date.now();
    await onTopic(event('1', now));
    const late = { state: state(), savedAt: now };
    away = true;
    await expect(rerouting.catchUp([late])).rejects.toThrow('away');
    away = false;
    await rerouting.catchUp([late]);
    expect(routed()).toEqual([`${late.state.id} 1`]);
  });
});
