import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { Api } from './support/api.js';

/** Below the project, so that the receiver finds the package that its page tells to install. */
const FOLDER = '.cache/receivers';
type Language = 'js' | 'python';
const hasPython = spawnSync('python3', ['--version']).status === 0;
const LANGUAGES: Language[] = hasPython ? ['js', 'python'] : ['js'];

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
  rmSync(FOLDER, { recursive: true, force: true });
});

interface Running {
  lines: string[];
  port: number;
}

/** Runs the receiver of the page as it is written there. */
async function receiver(language: Language, secret: string, port: number): Promise<Running> {
  const page = readFileSync('docs/how-to/receive-a-webhook.md', 'utf8');
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)!;
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, language === 'js' ? 'receiver.mjs' : 'receiver.py');
  writeFileSync(file, code!);
  const child = spawn(language === 'js' ? process.execPath : 'python3', [file], {
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  await once(output, 'line');
  return { lines, port };
}

describe('the receivers of the how-to page', () => {
  it.each(LANGUAGES)('verify what is sent, once, and refuse what is not ours: %s', async (language) => {
    const api = await Api.signIn();
    const project = await api.project();
    const port = await freePort();
    const hook = await api.webhook(`http://127.0.0.1:${port}/`);
    const { lines } = await receiver(language, hook.signingSecret!, port);
    await api.release(project.id, '1.0.5');
    await eventually(() => expect(lines).toEqual(['listening', 'release.created: NitroPush iOS 1.0.5 in prod']));
    await eventually(async () => expect((await api.deliveries())[0]).toMatchObject({ status: 'delivered' }));

    const send = (secret: string, id: string, event: object): Promise<Response> => {
      const body = JSON.stringify(event);
      return fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body,
        headers: {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, new Date(), body),
        },
      });
    };
    const others = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect((await send(others, 'forged', { type: 'release.created' })).status).toBe(401);
    const alert = { type: 'destination.failing', data: { destination: { name: '#ops' } } };
    expect((await send(hook.signingSecret!, 'alert', alert)).status).toBe(204);
    expect((await send(hook.signingSecret!, 'later', { type: 'of.a-newer-version', data: {} })).status).toBe(204);
    await eventually(() => expect(lines.slice(2)).toEqual(['destination.failing: #ops']));

    const [delivered] = await eventually(async () => {
      const found = await api.deliveries();
      expect(found).toMatchObject([{ status: 'delivered' }]);
      return found;
    });
    await api.must('POST', `/deliveries/${delivered!.id}/redeliver`, {});
    await eventually(async () =>
      expect(await api.delivery(delivered!.id)).toMatchObject({ round: 2, status: 'delivered' }),
    );
    expect(lines).toHaveLength(3);
  });
});
