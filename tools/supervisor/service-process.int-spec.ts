import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { ServiceProcess } from './service-process.js';

let root: string;
let said: string[];
let service: ServiceProcess;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nitropush-service-'));
  said = [];
});
afterEach(async () => {
  await service.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A process that does what the script says, in the place of a service. */
function started(script: string): ServiceProcess {
  const folder = join(root, 'dist/bundle/apps/releases/src');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.js'), script);
  const say = (line: string): void => void said.push(line);
  const env = { PATH: process.env['PATH'] };
  service = new ServiceProcess({
    name: 'releases',
    port: 0,
    root,
    env,
    logsDir: root,
    nodeArgs: [],
    say,
    onLine: ({ text }) => say(text),
  });
  service.start();
  return service;
}

describe('a service that ends before it was ever ready', () => {
  it.each([
    [
      'a line of its log',
      `console.log('{"level":"error","service":"releases","error":{"message":"listen EADDRINUSE: address already in use 127.0.0.1:4001"},"event":"service.failed-to-start"}'); process.exitCode = 1`,
      'port 4001 is in use; stop what listens there, or set GATEWAY_PORT',
    ],
    ['an error that nobody caught', `throw new TypeError('no such thing')`, 'TypeError: no such thing'],
    ['no word', 'process.exit(7)', 'exit 7'],
  ])('is given up after three tries; it says why: %s', async (_, script, why) => {
    const { logPath } = started(script);
    await eventually(() => expect(service.refusal).toBe(`releases could not start: ${why}. Its log: ${logPath}`));
    expect(said.filter((line) => line === `releases ended (${why}); starting it again`)).toHaveLength(2);
    expect(service.pid).toBeUndefined();
  });

  it('is given up at once where it names a setting', async () => {
    started(`console.error('releases: PORT: must be set'); process.exitCode = 1`);
    await eventually(() => expect(said).toEqual(['releases: PORT: must be set']));
    expect(service.refusal).toBe('releases: PORT: must be set');
  });
});

describe('a service that was ready once', () => {
  it('is started again however often it ends', async () => {
    started('process.exit(7)').wasReady = true;
    const again = 'releases ended (exit 7); starting it again';
    await eventually(() => expect(said.filter((line) => line === again).length).toBeGreaterThan(3));
    expect(service.refusal).toBe('');
  });
});
