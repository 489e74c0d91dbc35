import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { devToken, seed } from '../seed/seed.js';
import { StackError } from '../stack/stack-error.js';
import { Throttle } from './readable.js';
import { Stack } from './stack.js';

const say = (line: string): void => console.log(line);

/** `npm start`, once everything is installed and built. */
async function main(): Promise<void> {
  const began = Date.now();
  const dataDir = resolve(process.env['DATA_DIR'] ?? '.data');
  const throttle = new Throttle(say);
  let quiet = true;
  const starting = Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort: gatewayPort(),
    env: process.env,
    say,
    onLine: (line) => (quiet ? undefined : throttle.offer(line)),
  });
  const stop = stopOnSignal(starting);
  const stack = await starting;
  const token = process.env['AUTH_JWKS_URL'] ? undefined : await devToken(stack.gatewayUrl);
  if (token !== undefined) await seedOnce(stack, dataDir, token);
  welcome(stack, token, Math.round((Date.now() - began) / 100) / 10);
  quiet = false;
  await stop;
}

function gatewayPort(): number {
  const port = Number(process.env['GATEWAY_PORT'] ?? 4000);
  if (Number.isInteger(port) && port > 0 && port < 65_000) return port;
  throw new StackError('GATEWAY_PORT: must be a port below 65000');
}

async function seedOnce(stack: Stack, dataDir: string, token: string): Promise<void> {
  const marker = join(dataDir, 'seeded');
  if (existsSync(marker)) return;
  if (!process.argv.includes('--empty')) {
    say('Filling the demo organization …');
    await seed({ gatewayUrl: stack.gatewayUrl, sandboxUrl: `http://127.0.0.1:${stack.ports.sandbox}`, token });
  }
  writeFileSync(marker, new Date().toISOString());
}

function welcome(stack: Stack, token: string | undefined, seconds: number): void {
  say('');
  say(`NitroPush notifications is ready (${seconds} s).`);
  say('');
  if (token !== undefined) say(`  Sign in    ${stack.gatewayUrl}/api/docs#token=${token}`);
  say(`  API        ${stack.gatewayUrl}/api/docs`);
  say(`  Sandbox    ${stack.sandboxUrl}   what was delivered, and switches that make it fail`);
  say(`  Logs       ${stack.logsDir}`);
  say('');
  say('Ctrl-C stops everything; the data stays.');
  say('');
}

/** Resolves when a signal came and everything has stopped. A second signal does not wait any longer. */
function stopOnSignal(starting: Promise<Stack>): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    const ask = (): void => {
      asked += 1;
      if (asked > 1) process.exit(1);
      say('\nStopping …');
      void starting
        .then((stack) => stack.stop())
        .catch(() => undefined) // it has said why it did not start
        .then(resolve);
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
    process.on('SIGHUP', ask);
  });
}

try {
  await main();
  say('Stopped.');
  process.exit(0);
} catch (error) {
  console.error(error instanceof StackError ? `\n${error.message}` : error);
  process.exit(1);
}
