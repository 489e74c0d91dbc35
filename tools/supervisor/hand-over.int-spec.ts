import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handOverPath } from '#preflight';
import { eventually } from '../../test/support/eventually.js';
import { HandOver, type HandedOver } from './hand-over.js';
import { ServiceProcess } from './service-process.js';

let root: string;
let service: ServiceProcess;
let handOver: HandOver;
let developers: Socket[];

/** A process that goes on until it is stopped, in the place of a service. */
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'nitropush-hand-over-'));
  developers = [];
  const folder = join(root, 'dist/bundle/apps/delivery/src');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'keys'));
  writeFileSync(join(folder, 'main.js'), 'setInterval(() => {}, 1000)');
  const env = { PATH: process.env['PATH'], DATABASE_URL: 'postgres://delivery' };
  const [say, onLine] = [() => undefined, () => undefined];
  service = new ServiceProcess({ name: 'delivery', port: 0, root, env, logsDir: root, nodeArgs: [], say, onLine });
  service.start();
  handOver = new HandOver(() => service);
  await handOver.listen(root);
});
afterEach(async () => {
  handOver.close();
  for (const developer of developers) developer.destroy();
  await service.stop();
  rmSync(root, { recursive: true, force: true });
});

function ask(name: string): Promise<HandedOver> {
  const socket = connect(handOverPath(root));
  developers.push(socket);
  socket.write(`${name}\n`);
  return new Promise((resolve) =>
    createInterface({ input: socket }).once('line', (line) => resolve(JSON.parse(line) as HandedOver)),
  );
}

describe('a service that somebody develops', () => {
  it('has stopped when its settings are handed over, and is started again when the developer is gone', async () => {
    expect(await ask('delivery')).toEqual({ env: service.env });
    expect(service.pid).toBeUndefined();
    developers[0]!.destroy();
    await eventually(() => expect(service.pid).toBeDefined());
  });

  it('is started again for a developer who is gone before it has stopped', async () => {
    const before = service.pid;
    const socket = connect(handOverPath(root));
    socket.end('delivery\n');
    await eventually(() => expect([undefined, before]).not.toContain(service.pid));
  });

  it('is handed to one alone', async () => {
    await ask('delivery');
    expect(await ask('delivery')).toEqual({ fault: 'delivery is being developed already.' });
    expect(service.pid).toBeUndefined();
  });

  it('has a name that is known', async () => {
    expect(await ask('fax')).toEqual({
      fault: 'There is no service fax; the services are releases, integrations, delivery, gateway, sandbox.',
    });
    expect(service.pid).toBeDefined();
  });

  it('stays stopped where the whole system stops', async () => {
    await ask('delivery');
    const gone = new Promise((resolve) => developers[0]!.once('close', resolve));
    handOver.close();
    await gone;
    expect(service.pid).toBeUndefined();
  });

  it('is handed over by the system that runs, where one before it was killed', async () => {
    handOver.close();
    writeFileSync(handOverPath(root), '');
    handOver = new HandOver(() => service);
    await handOver.listen(root);
    expect(await ask('delivery')).toEqual({ env: service.env });
  });
});
