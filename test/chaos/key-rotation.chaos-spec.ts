import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { Api, stack } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { startReceiver } from '../support/receiver.js';
import { allReady, kill } from '../support/control.js';

const run = promisify(execFile);
const program = (name: string): string => `dist/apps/integrations/src/key-rotation/${name}.js`;

/** As the services of this system have them. */
const files = () => {
  const folder = join(stack().dataDir, 'keys');
  return { private: join(folder, 'credentials.private.json'), public: join(folder, 'credentials.public.json') };
};

const rotate = (env: Record<string, string>): Promise<{ stdout: string }> =>
  run(process.execPath, [program('rotate')], { env: { PATH: process.env['PATH'], ...env } });

async function restart(service: 'integrations' | 'delivery'): Promise<void> {
  await kill(service);
  await allReady();
}

it('the key of all credentials is another one afterwards, and nobody notices', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const receiver = await startReceiver();
  const { id, signingSecret } = await api.webhook(receiver.url);
  const paths = files();
  const env = {
    DATABASE_URL: stack().databaseUrls['integrations']!,
    CREDENTIALS_PUBLIC_KEY: paths.public,
    CREDENTIALS_PRIVATE_KEYS: paths.private,
  };

  await run(process.execPath, [program('new-key'), paths.private, paths.public]);
  await restart('delivery');
  await restart('integrations');
  const { stdout } = await rotate(env);
  expect(stdout).toMatch(/^[1-9]\d* of \d+ integrations are sealed again under \S+\.\nNothing lies under another key/);
  expect((await rotate(env)).stdout).toMatch(/^0 of /);

  const { keys } = JSON.parse(await readFile(paths.private, 'utf8')) as { keys: unknown[] };
  expect(keys).toHaveLength(2);
  await writeFile(paths.private, JSON.stringify({ keys: keys.slice(0, 1) }));
  await restart('delivery');
  await api.release(project.id, '1.0.0');
  await eventually(() => expect(receiver.received).toHaveLength(1));
  const { body, headers } = receiver.received[0]!;
  new Webhook(signingSecret!).verify(body, headers as Record<string, string>);
  await eventually(async () =>
    expect(await api.integration(id)).toMatchObject({ health: 'healthy', counts: { dead: 0 } }),
  );
  await receiver.close();
});

it('a key that delivery would lack is refused before anything is sealed under it', async () => {
  const paths = files();
  const other = { private: `${paths.private}.other`, public: `${paths.public}.other` };
  await run(process.execPath, [program('new-key'), other.private, other.public]);
  await expect(rotate({})).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^DATABASE_URL: must be set\nCREDENTIALS_PUBLIC_KEY: must be set\n/),
  });
  await expect(
    rotate({
      DATABASE_URL: stack().databaseUrls['integrations']!,
      CREDENTIALS_PUBLIC_KEY: other.public,
      CREDENTIALS_PRIVATE_KEYS: paths.private,
    }),
  ).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('must have the private key of CREDENTIALS_PUBLIC_KEY'),
  });
});
