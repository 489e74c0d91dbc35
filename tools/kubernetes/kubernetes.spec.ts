import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadSettings } from '#libs/config';
import { TOPICS } from '#libs/contracts';
import { generateKeyPair } from '#libs/credentials';
import type { DeliverySettings } from '../../apps/delivery/src/delivery.config.js';
import { settingsClasses } from '../settings/settings.suite.js';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  resources?: string[];
  spec?: {
    template?: { spec: { containers: Container[]; terminationGracePeriodSeconds: number } };
    selector?: { app?: string };
    ports?: { port: number }[];
    maxReplicaCount?: number;
    triggers?: { metadata: { topic: string; consumerGroup: string } }[];
  };
}
interface Container {
  env: { name: string; value: string }[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports: { containerPort: number }[];
  readinessProbe: { httpGet: { path: string; port: string }; periodSeconds: number; failureThreshold: number };
}

/** Beyond the two settings: leaving the groups, and closing what is left. */
const LEAVES_WITHIN_MS = 6_000;

const folder = 'deploy/kubernetes';
const files = readdirSync(folder);
const manifests = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest;
  }),
);
const named = (kind: string, name: string): Manifest =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
const containerOf = (name: string): Container => named('Deployment', name).spec!.template!.spec.containers[0]!;

/** What the container of a service finds in its environment. */
function environmentOf(name: string): Record<string, string> {
  const { env, envFrom } = containerOf(name);
  const shared = envFrom.map(({ configMapRef, secretRef }) =>
    configMapRef ? named('ConfigMap', configMapRef.name).data : named('Secret', secretRef!.name).stringData,
  );
  return Object.assign({}, ...shared, ...env.map(({ name: key, value }) => ({ [key]: value }))) as Record<
    string,
    string
  >;
}

describe('the Kubernetes manifests', () => {
  let keys: Record<string, string>;
  beforeAll(async () => {
    const { publicJwk, privateJwks } = await generateKeyPair();
    keys = { CREDENTIALS_PUBLIC_KEY: JSON.stringify(publicJwk), CREDENTIALS_PRIVATE_KEYS: JSON.stringify(privateJwks) };
  });

  it('are all applied, but for the example of the secrets', () => {
    const { resources } = manifests.find(({ kind }) => kind === 'Kustomization')!;
    const others = ['kustomization.yaml', 'secrets.example.yaml'];
    expect([...resources!, ...others].sort()).toEqual([...files].sort());
    for (const file of resources!) expect(existsSync(join(folder, file))).toBe(true);
  });

  it.each(['releases', 'integrations', 'delivery', 'gateway'])(
    'give %s every setting that production asks for',
    async (name) => {
      const env = environmentOf(name);
      for (const [key, made] of Object.entries(keys)) if (key in env) env[key] = made; // the example has none
      const [type] = await settingsClasses(process.cwd(), name);
      expect(loadSettings(type!, env)).toMatchObject({ mode: 'production' });
      expect(env['SERVICE']).toBe(name);
    },
  );

  it.each(['releases', 'integrations', 'delivery', 'gateway'])('let the others find %s', (name) => {
    const port = Number(environmentOf(name)['PORT']);
    const [first, ops] = containerOf(name).ports;
    expect(first!.containerPort).toBe(port);
    expect(ops?.containerPort).toBe(name === 'gateway' ? Number(environmentOf(name)['OPS_PORT']) : undefined);
    expect(containerOf(name).readinessProbe.httpGet.port).toBe(name === 'gateway' ? 'ops' : 'http');
    expect(named('Service', name).spec).toMatchObject({ selector: { app: name }, ports: [{ port }] });
    const address = environmentOf('gateway')[`${name.toUpperCase()}_URL`];
    if (name !== 'gateway') expect(address).toBe(`http://${name}:${port}`);
  });

  it.each(['releases', 'integrations', 'delivery', 'gateway'])(
    'take %s out of the load balancer before it stops, and leave it the time to finish',
    async (name) => {
      const env = environmentOf(name);
      for (const [key, made] of Object.entries(keys)) if (key in env) env[key] = made;
      const [type] = await settingsClasses(process.cwd(), name);
      const { shutdownDelayMs, shutdownTimeoutMs, deliveryTimeoutMs } = loadSettings(type!, env) as DeliverySettings;
      const { terminationGracePeriodSeconds } = named('Deployment', name).spec!.template!.spec;
      const { httpGet, periodSeconds, failureThreshold } = containerOf(name).readinessProbe;
      expect(httpGet.path).toBe('/health/serving');
      expect(shutdownDelayMs).toBeGreaterThan(periodSeconds * failureThreshold * 1_000);
      expect(terminationGracePeriodSeconds * 1_000).toBeGreaterThanOrEqual(
        shutdownDelayMs + shutdownTimeoutMs + LEAVES_WITHIN_MS,
      );
      if (name === 'delivery') expect(shutdownTimeoutMs).toBeGreaterThan(deliveryTimeoutMs);
    },
  );

  it('give the keys that open credentials to delivery alone', () => {
    const holders = ['releases', 'integrations', 'delivery', 'gateway'].filter(
      (name) => 'CREDENTIALS_PRIVATE_KEYS' in environmentOf(name),
    );
    expect(holders).toEqual(['delivery']);
  });

  it('scale delivery on the lag of groups and topics that exist, up to the number of partitions', () => {
    const { triggers, maxReplicaCount } = named('ScaledObject', 'delivery').spec!;
    const files = ['routing/routing-progress.ts', 'sending/sending.server.ts', 'retries/retries.server.ts'];
    const pipeline = files.map((file) => readFileSync(join('apps/delivery/src', file), 'utf8')).join('');
    expect(triggers).toHaveLength(2);
    for (const { metadata } of triggers!) {
      const topic = Object.values(TOPICS).find(({ name }) => name === metadata.topic);
      expect(topic?.partitions).toBeGreaterThanOrEqual(maxReplicaCount!);
      expect(pipeline).toContain(`'${metadata.consumerGroup}'`);
    }
  });
});
