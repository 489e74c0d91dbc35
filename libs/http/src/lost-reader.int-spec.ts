import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { freePort } from '../../../test/support/free-port.js';

let service: ChildProcess | undefined;
afterEach(() => service?.kill('SIGKILL'));

interface Running {
  child: ChildProcess;
  url: string;
  /** How it ended; undefined while it runs. */
  ended: () => number | NodeJS.Signals | undefined;
}

/** A service as our supervisor starts it, or as any other does; the sandbox is one that needs no server. */
async function start({ ipc = false, smtpPort = 0 } = {}): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/bundle/apps/sandbox/src/main.js'], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      SMTP_PORT: String(smtpPort || (await freePort())),
      AUTH_JWKS_URL: 'http://127.0.0.1:9/',
      LOG_LEVEL: 'debug',
      SHUTDOWN_DELAY: '0s',
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  service = child;
  let how: number | NodeJS.Signals | undefined;
  child.once('exit', (code, signal) => (how = signal ?? code ?? undefined));
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => expect(await statusOf(`${url}/no-such-page`)).toBe(404)); // 503 while it starts
  return { child, url, ended: () => how };
}

const statusOf = async (url: string): Promise<number> => {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
};
/** Each makes it write a line. */
const call = (url: string, times: number): Promise<number[]> =>
  Promise.all(Array.from({ length: times }, () => statusOf(`${url}/no-such-page`)));
/** How it ends; the time is long after all that it may wait for. */
const ending = ({ ended }: Running): Promise<number | NodeJS.Signals> =>
  eventually(() => {
    const how = ended();
    if (how === undefined) throw new Error('It still runs');
    return how;
  });

describe('a service whose output nobody reads any more', () => {
  it('ends gracefully with an exit code that has it started again', async () => {
    const running = await start();
    running.child.stdout!.resume();
    running.child.stdout!.destroy();
    await call(running.url, 1);
    expect(await ending(running)).toBe(1);
  });

  it('ends where that happens while it stops', async () => {
    const running = await start();
    await call(running.url, 50);
    running.child.stdout!.destroy();
    running.child.kill('SIGTERM');
    expect(await ending(running)).toBe(1);
  });

  it('ends where its supervisor was killed, and all of its channels with it', async () => {
    const running = await start({ ipc: true });
    await call(running.url, 50);
    running.child.stdout!.destroy();
    running.child.stderr!.destroy();
    running.child.disconnect();
    await call(running.url, 1).catch(() => undefined); // it may be gone by then
    expect([0, 1]).toContain(await ending(running)); // not by a signal
  });
});

describe('a service whose output is not read for a while', () => {
  it('goes on, and ends when it is asked to', async () => {
    const running = await start();
    for (let round = 0; round < 30; round += 1)
      expect(await call(running.url, 50)).toEqual(Array.from({ length: 50 }, () => 404)); // more than a pipe holds
    expect(await statusOf(`${running.url}/health/live`)).toBe(200);
    running.child.kill('SIGTERM');
    expect(await ending(running)).toBe(0);
  });
});
