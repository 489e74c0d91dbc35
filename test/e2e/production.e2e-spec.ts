import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { Api, stack } from './support/api.js';
import { expectProblem } from './support/problem.js';

interface Ended {
  code: number | null;
  output: string;
}

/** Starts a service as production would, with nothing but these settings, and waits for its end. */
function start(service: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`dist/bundle/apps/${service}/src/main.js`], {
      env: { PATH: process.env['PATH'], NITROPUSH_MODE: 'production', ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('exit', (code) => resolve({ code, output }));
  });
}

const COMMON = ['PORT', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'];

describe('production mode', () => {
  it.each([
    ['releases', [...COMMON, 'DATABASE_URL', 'KAFKA_BROKERS', 'ADMIN_BASE_URL']],
    [
      'integrations',
      [...COMMON, 'DATABASE_URL', 'KAFKA_BROKERS', 'ADMIN_BASE_URL', 'CREDENTIALS_PUBLIC_KEY', 'DELIVERY_URL'],
    ],
    ['delivery', [...COMMON, 'DATABASE_URL', 'KAFKA_BROKERS', 'ADMIN_BASE_URL', 'CREDENTIALS_PRIVATE_KEYS']],
    ['gateway', ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL', 'RELEASES_URL', 'INTEGRATIONS_URL', 'DELIVERY_URL']],
  ])('%s names every setting that it needs, and ends', async (service, settings) => {
    const { code, output } = await start(service, {});
    expect(code).toBe(1);
    for (const setting of settings) expect(output).toContain(`${service}: ${setting}: must be set`);
    expect(output.trim().split('\n')).toHaveLength(settings.length);
  });

  it('names a wrong setting and never its value', async () => {
    const { code, output } = await start('delivery', {
      DELIVERY_TIMEOUT: 'hunter2',
      CREDENTIALS_PRIVATE_KEYS: '{"keys":[{"hunter2":1}]}',
      OUTBOUND_ALLOWED_CIDRS: 'hunter2',
    });
    expect(code).toBe(1);
    for (const setting of ['DELIVERY_TIMEOUT', 'CREDENTIALS_PRIVATE_KEYS', 'OUTBOUND_ALLOWED_CIDRS'])
      expect(output).toContain(`delivery: ${setting}: must`);
    expect(output).not.toContain('hunter2');
  });

  it('refuses a key that signs development tokens', async () => {
    const { code, output } = await start('gateway', { AUTH_LOCAL_SIGNING_KEY: '{"kty":"EC"}' });
    expect(code).toBe(1);
    expect(output).toMatch(/gateway: AUTH_LOCAL_SIGNING_KEY: /);
  });

  it('refuses by name what is only safe on one machine', async () => {
    const { dataDir } = stack();
    const keys = (name: string): string => join(dataDir, 'keys', name);
    const auth = { AUTH_ISSUER: 'nitropush-local', AUTH_JWKS_URL: 'http://id.example.com/jwks' };
    const outbound = {
      ADMIN_BASE_URL: 'http://admin.example.com',
      OUTBOUND_ALLOW_HTTP: 'true',
      OUTBOUND_ALLOWED_CIDRS: '0.0.0.0/0',
      SLACK_BASE_URL: 'http://localhost:4100/slack',
      DISCORD_BASE_URL: 'https://sandbox:4100/discord',
    };
    const given: [string, Record<string, string>][] = [
      ['gateway', auth],
      ['releases', { ...auth, ADMIN_BASE_URL: 'https://localhost:4000' }],
      ['integrations', { ...auth, ...outbound, CREDENTIALS_PUBLIC_KEY: keys('credentials.public.json') }],
      ['delivery', { ...auth, ...outbound, CREDENTIALS_PRIVATE_KEYS: keys('credentials.private.json') }],
    ];
    for (const [service, env] of given) {
      const { code, output } = await start(service, env);
      expect(code).toBe(1);
      const refused = output
        .split('\n')
        .filter((line) => line.includes('in production mode (ALLOW_INSECURE_SETTINGS='));
      expect(refused.map((line) => line.split(': ')[1]).sort()).toEqual(Object.keys(env).sort());
      for (const value of ['id.example.com', 'admin.example.com', '0.0.0.0/0', ':4100'])
        expect(output).not.toContain(value);
      const allowed = await start(service, { ...env, ALLOW_INSECURE_SETTINGS: Object.keys(env).join(',') });
      expect(allowed.output).not.toContain('in production mode (');
    }
  });

  it('connects neither http nor private addresses', async () => {
    const { ports, databaseUrls, brokers, gatewayUrl, dataDir } = stack();
    const port = await freePort();
    const child = spawn(process.execPath, ['dist/bundle/apps/integrations/src/main.js'], {
      env: {
        PATH: process.env['PATH'],
        NITROPUSH_MODE: 'production',
        PORT: String(port),
        HOST: '127.0.0.1',
        DATABASE_URL: databaseUrls['integrations'],
        KAFKA_BROKERS: brokers,
        KAFKA_REPLICATION_FACTOR: '1',
        ADMIN_BASE_URL: gatewayUrl,
        DELIVERY_URL: `http://127.0.0.1:${ports['delivery']}`,
        ALLOW_INSECURE_SETTINGS: 'ADMIN_BASE_URL,AUTH_ISSUER,AUTH_JWKS_URL,CREDENTIALS_PUBLIC_KEY',
        AUTH_ISSUER: 'nitropush-local',
        AUTH_AUDIENCE: 'nitropush-notifications',
        AUTH_JWKS_URL: `http://127.0.0.1:${ports['gateway']}/.well-known/jwks.json`,
        CREDENTIALS_PUBLIC_KEY: join(dataDir, 'keys', 'credentials.public.json'),
      },
    });
    try {
      const origin = `http://127.0.0.1:${port}`;
      await eventually(async () => expect((await fetch(`${origin}/health/ready`)).status).toBe(200));
      const { token } = await Api.signIn();
      for (const url of [
        'http://example.com/',
        'https://127.0.0.1/',
        'https://localhost/',
        'https://10.0.0.1/',
        'https://[fd00::1]/',
        'https://169.254.169.254/',
      ]) {
        const response = await fetch(`${origin}/api/v1/integrations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ provider: 'webhook', name: 'x', projectId: null, credentials: { url } }),
        });
        expectProblem(
          {
            status: response.status,
            headers: response.headers,
            body: (await response.json()) as Record<string, unknown>,
          },
          422,
          'credentials.url',
        );
      }
    } finally {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    }
  });
});
