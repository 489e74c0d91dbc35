import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirOf, gatewayPortOf } from '#preflight';
import { devToken, seed, signInLink } from '../seed/seed.js';
import { StackError } from '../stack/stack-error.js';
import { Stack } from './stack.js';
import { Throttle } from './throttle.js';

const say = (line: string): void => console.log(line);

/** A terminal sends one Ctrl-C to us and, by npm, once more. */
const SAME_SIGNAL_MS = 1_000;
/** A service waits for what a person has to put right: it is said at once, not when the start is given up. */
const KEEPS_FROM_STARTING = /: kafka\.refused |; check /;
const LOOK_FOR_PARENT_MS = 500;

/** `npm start`, once everything is installed and built. */
async function main(): Promise<void> {
  const began = Date.now();
  const dataDir = dataDirOf(process.cwd(), process.env);
  const throttle = new Throttle(say);
  let quiet = true;
  let stack: Stack | undefined;
  const stopped = untilAsked(() => stack?.kill());
  try {
    stack = await Stack.start({
      root: process.cwd(),
      dataDir,
      gatewayPort: gatewayPort(),
      env: process.env,
      say,
      onLine: (line) => (quiet && !KEEPS_FROM_STARTING.test(line.text) ? undefined : throttle.offer(line)),
      signal: stopped,
    });
    const { gatewayUrl } = stack;
    if (signsInLocally()) await seedOnce(stack, dataDir, await devToken(gatewayUrl));
    const link = signsInLocally() ? await signInLink(gatewayUrl) : undefined;
    welcome(stack, link, Math.round((Date.now() - began) / 100) / 10);
    quiet = false;
    if (!stopped.aborted) await once(stopped, 'abort');
  } catch (error) {
    if (!stopped.aborted) throw error;
  } finally {
    await stack?.stop();
  }
}

const signsInLocally = (): boolean => !process.env['AUTH_JWKS_URL'] && process.env['NITROPUSH_MODE'] !== 'production';

function gatewayPort(): number {
  try {
    return gatewayPortOf(process.env);
  } catch (error) {
    throw new StackError((error as Error).message);
  }
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

function welcome(stack: Stack, link: string | undefined, seconds: number): void {
  say('');
  say(`NitroPush notifications is ready (${seconds} s).`);
  say('');
  if (link !== undefined) say(`  Sign in    ${link}   works once`);
  say(`  Console    ${stack.gatewayUrl}`);
  say(`  API        ${stack.gatewayUrl}/api/docs`);
  say(`  Sandbox    ${stack.sandboxUrl}   what was delivered, and switches that make it fail`);
  say(`  Logs       ${stack.logsDir}`);
  say('');
  say('Ctrl-C stops everything; the data stays.');
  say('');
}

/** Aborts at the first signal, and when npm is gone, which passes no SIGTERM on. A second signal waits for nothing. */
function untilAsked(kill: () => void): AbortSignal {
  const asked = new AbortController();
  let askedAt = 0;
  const ask = (): void => {
    if (!asked.signal.aborted) {
      askedAt = Date.now();
      say('\nStopping …');
      asked.abort();
    } else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
      kill();
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.env['npm_lifecycle_event'] === 'start') whenOrphaned(ask);
  return asked.signal;
}

function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, LOOK_FOR_PARENT_MS);
}

// a terminal that was closed takes no more lines; there is still everything to stop
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
try {
  await main();
  say('Stopped.');
  process.exit(0);
} catch (error) {
  console.error(error instanceof StackError ? `\n${error.message}` : error);
  process.exit(1);
}
