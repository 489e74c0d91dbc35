import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { RELEASES_SOURCE, encodeReleaseEvent, uuidv7, type EncodedRecord } from '#libs/contracts';
import { KafkaConnection, Publisher } from '#libs/kafka';
import { inBackground } from '../support/in-background.js';

/** The load in a process of its own: raw posts, records on the topic, or calls of the API. */
export interface LoadCommand {
  way: 'raw' | 'topic' | 'api';
  count: number;
  /** All at once where it is missing. */
  perSecond?: number;
  /** Calls at once, for `raw` and `api`. */
  inFlight: number;
  target: {
    origin: string;
    /** Called in turn. */
    paths: string[];
    token: string;
    brokers: string;
    organizationId: string;
    projectId: string;
  };
}

const FILL = 'x'.repeat(420);
let version = 0;

const sentNow = (): string => `sent ${(performance.timeOrigin + performance.now()).toFixed(3)} ${FILL}`;

function event({ organizationId, projectId }: LoadCommand['target']): EncodedRecord {
  version += 1;
  const data = {
    organizationId,
    project: { id: projectId, name: 'Bench' },
    release: {
      id: uuidv7(),
      version: `1.0.${version}`,
      environment: 'prod' as const,
      mandatory: false,
      description: sentNow(),
      rolloutPercentage: 100,
      revision: 1,
    },
    previous: null,
    actor: { id: 'bench', name: 'Bench' },
    url: 'http://localhost:4000/projects/1/releases/1',
  };
  // as our own service publishes: the ledger looks other publishers' events up by id alone, which costs more
  return encodeReleaseEvent(
    { id: uuidv7(), type: 'release.created', time: new Date().toISOString(), data },
    RELEASES_SOURCE,
  );
}

/** One piece of load. */
type Send = () => Promise<void>;

async function sender(command: LoadCommand): Promise<{ send: Send; close: () => Promise<void> }> {
  const { way, target, inFlight } = command;
  if (way === 'topic') {
    const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const connection = new KafkaConnection(
      { brokers: [target.brokers], clientId: 'bench', replicationFactor: 1, minInsyncReplicas: 1 },
      quiet,
    );
    const publisher = new Publisher(connection);
    await publisher.connect();
    return { send: () => publisher.publish('release.events', event(target)), close: () => publisher.disconnect() };
  }
  const pool = new Pool(target.origin, { connections: inFlight, pipelining: 1 });
  const body = way === 'raw' ? event(target).value! : undefined;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${target.token}` };
  let calls = 0;
  const send = async (): Promise<void> => {
    const path = target.paths[calls++ % target.paths.length]!;
    const own =
      body ?? JSON.stringify({ environment: 'prod', version: `1.0.${(version += 1)}`, description: sentNow() });
    const answer = await pool.request({ path, method: 'POST', headers, body: own });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`);
  };
  return { send, close: () => pool.close() };
}

/** Answers when all is accepted. */
async function run(command: LoadCommand): Promise<void> {
  const { send, close } = await sender(command);
  const startedAt = performance.timeOrigin + performance.now();
  if (command.perSecond !== undefined) await paced(command.count, command.perSecond, send);
  else if (command.way === 'topic') await Promise.all(Array.from({ length: command.count }, send));
  else await pooled(command.count, command.inFlight, send);
  process.send!({ kind: 'sent', startedAt, endedAt: performance.timeOrigin + performance.now() });
  await close();
}

async function pooled(count: number, inFlight: number, send: Send): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** Evenly spread, whatever the answers take. */
async function paced(count: number, perSecond: number, send: Send): Promise<void> {
  const began = performance.now();
  const sending: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const due = began + (n * 1000) / perSecond;
    if (performance.now() < due) await wait(due - performance.now());
    sending.push(inBackground(send()));
  }
  await Promise.all(sending);
}

process.on('message', (command: LoadCommand) => {
  run(command).catch((error: unknown) => process.send!({ kind: 'failed', reason: String(error) }));
});
process.on('disconnect', () => process.exit(0));
