import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freeBase } from '../../../tools/stack/ports.js';
import { KafkaCluster } from '../../support/kafka-cluster.js';
import type { Outcome, Running } from '../load/under-load.js';
import { loadedStack } from './own-stack.js';

export interface BrokersOptions {
  seed: number;
  folder: string;
  perSecond: number;
  say: (line: string) => void;
}

/** How long a broker is away, and how long all of them are there before the next: the faults are what is tested. */
const AWAY_MS = 5_000;
const BOTH_AWAY_MS = 15_000;

/** Each of three brokers killed and brought back in turn, and then two at once, while releases are made. */
export async function threeBrokers({ seed, folder, perSecond, say }: BrokersOptions): Promise<Outcome> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-brokers-'));
  const cluster = await KafkaCluster.start({ root: process.cwd(), dataDir, firstPort: await freeBase(), say });
  const settings = { KAFKA_BROKERS: cluster.brokers, KAFKA_REPLICATION_FACTOR: '3' };
  try {
    return await loadedStack({ seed, folder, perSecond, say, settings }, async (run, stack) => {
      await run.messagesArrive();
      for (const node of [1, 2, 3]) await oneAway(cluster, node, { run, say });
      await twoAway(cluster, { run, say });
      await stack.ready();
    });
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface At {
  run: Running;
  say: (line: string) => void;
}

async function oneAway(cluster: KafkaCluster, node: number, { run, say }: At): Promise<void> {
  const since = Date.now();
  await cluster.kill(node);
  run.caused('kafka', since);
  const goneAt = Date.now();
  await run.messagesArrive();
  say(`broker ${node} of 3 away: messages arrive after ${Date.now() - goneAt} ms`);
  await wait(AWAY_MS);
  await cluster.startNode(node);
  await run.messagesArrive();
  await wait(AWAY_MS);
}

/** One alone may take no record: releases are accepted all the same. */
async function twoAway(cluster: KafkaCluster, { run, say }: At): Promise<void> {
  const since = Date.now();
  await Promise.all([cluster.kill(2), cluster.kill(3)]);
  run.caused('kafka', since);
  const before = run.accepted();
  await wait(BOTH_AWAY_MS);
  const meanwhile = run.accepted() - before;
  say(`two of 3 brokers away for ${BOTH_AWAY_MS / 1000} s: ${meanwhile} calls accepted`);
  if (meanwhile === 0) throw new Error('nothing was accepted while two of three brokers were away');
  const backAt = Date.now();
  await Promise.all([cluster.startNode(2), cluster.startNode(3)]);
  await run.messagesArrive();
  say(`two brokers back: messages arrive after ${Date.now() - backAt} ms`);
}
