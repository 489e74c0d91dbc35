import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterEach, expect, it } from 'vitest';
import { Api, type Project } from '../e2e/support/api.js';
import { foreignClient, foreignRecord } from '../e2e/support/publisher.js';
import { eventually } from '../support/eventually.js';
import { versionOf } from '../support/receiver.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
const open: kafkajs.Producer[] = [];
afterEach(async () => {
  for (const producer of open.splice(0)) await producer.disconnect();
});

const topic = 'release.events';
/** How long the broker leaves a transaction open whose producer says nothing more. */
const TIMEOUT_MS = 5_000;

async function producer(transactional: boolean): Promise<kafkajs.Producer> {
  const made = foreignClient().producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    ...(transactional && {
      transactionalId: randomUUID(),
      transactionTimeout: TIMEOUT_MS,
      maxInFlightRequests: 1,
      idempotent: true,
    }),
  });
  open.push(made);
  await made.connect();
  return made;
}

/** Sends all of them on one partition. */
const publish = (
  by: Pick<kafkajs.Transaction, 'send'>,
  api: Api,
  project: Project,
  versions: string[],
  partition = 0,
) => by.send({ topic, messages: versions.map((version) => ({ ...foreignRecord(api, project, version), partition })) });

it('transactions of other publishers: what is committed is delivered, what is aborted is not, also where they overlap', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await receive();
  await api.webhook(receiver.url);
  const [one, two, three] = [await producer(true), await producer(true), await producer(true)];
  const [kept, left, alsoLeft] = [await one.transaction(), await two.transaction(), await three.transaction()];
  await publish(left, api, project, ['0.1']);
  await publish(kept, api, project, ['1.1']);
  await publish(alsoLeft, api, project, ['0.2']);
  await alsoLeft.abort();
  await publish(kept, api, project, ['1.2', '1.3']);
  await left.abort();
  await kept.commit();
  await publish(await producer(false), api, project, ['1.4']);
  await eventually(() => expect(receiver.received.map(versionOf)).toEqual(['1.1', '1.2', '1.3', '1.4']));
});

it('a transaction that its publisher leaves open holds up its partition alone, until its time is over', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await receive();
  await api.webhook(receiver.url);
  const leaving = await (await producer(true)).transaction();
  await publish(leaving, api, project, ['0.1']);
  const plain = await producer(false);
  await publish(plain, api, project, ['1.1']);
  await publish(plain, api, project, ['2.1'], 1);
  await eventually(() => expect(receiver.received.length).toBeGreaterThan(0));
  expect(receiver.received.map(versionOf)[0]).toBe('2.1');
  await eventually(() => expect(receiver.received.map(versionOf)).toEqual(['2.1', '1.1'])); // the broker ended it
});
