import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Say } from '../stack/progress.js';
import { LogFile } from './log-file.js';
import { readable, type TerminalLine } from './readable.js';
import type { ServiceName } from './service-env.js';

/**
 * MB of V8's nursery. `delivery` and `releases` make much for each delivery or release that is garbage before it grows old, and
 * gain by a larger one; to the others it would only be 100 MB more each. As in the Dockerfile.
 */
const NURSERY_MB: Partial<Record<ServiceName, number>> = { delivery: 64, releases: 32 };
const USUAL_NURSERY_MB = 16;

const nodeArgsOf = (name: ServiceName): string[] => [
  '--enable-source-maps',
  `--max-semi-space-size=${NURSERY_MB[name] ?? USUAL_NURSERY_MB}`,
];

/** An older build, run beside this one, may not have gathered its services yet. */
function mainOf(root: string, name: ServiceName): string {
  const main = join('apps', name, 'src/main.js');
  const gathered = join(root, 'dist/bundle', main);
  return existsSync(gathered) ? gathered : join(root, 'dist', main);
}

export interface ServiceProcessOptions {
  name: ServiceName;
  /** From 2 on, where there is more than one of it. */
  instance?: number;
  port: number;
  root: string;
  env: NodeJS.ProcessEnv;
  logsDir: string;
  nodeArgs: string[];
  say: Say;
  /** A line that a person may want to see. */
  onLine: (line: TerminalLine) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** One that ran this long began well: the next restart does not wait for those before. */
const RAN_WELL_MS = 30_000;
/** Just over what a service itself takes to finish what is in flight and to leave its groups. */
const STOP_WITHIN_MS = 25_000;
/** How a service that does not start names a setting. */
const WRONG_SETTING = /^[a-z]+: [A-Z][A-Z0-9_]+: /;
/** One that ended this often before it was ever ready will not get ready by itself. */
const TRIES = 3;

/** The line of an uncaught error that says what it was. */
const THROWN = /^\s*(Uncaught )?\w*Error\b.*: /;

/** Somebody took the port after it was found free. */
const inWords = (error: string): string =>
  error.replace(/^listen EADDRINUSE.*:(\d+)$/, 'port $1 is in use; stop what listens there, or set GATEWAY_PORT');

/** One service as a process of its own: logged to a file, started again when it dies. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private restarts = 0;
  private startedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private failedStarts = 0;
  private lastError = '';
  private readonly log: LogFile;
  /** Why it is not started again: the settings that it says are wrong, a line each, or the error that it ended with. */
  refusal = '';
  /** It has been ready once: from then on it is started again, however often it ends. */
  wasReady = false;

  constructor(private readonly options: ServiceProcessOptions) {
    this.log = new LogFile(this.logPath, options.say);
  }

  get name(): ServiceName {
    return this.options.name;
  }

  get port(): number {
    return this.options.port;
  }

  get logPath(): string {
    const { logsDir, name, instance } = this.options;
    return join(logsDir, instance ? `${name}-${instance}.log` : `${name}.log`);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What it is started with. */
  get env(): NodeJS.ProcessEnv {
    return this.options.env;
  }

  get instance(): number {
    return this.options.instance ?? 1;
  }

  /** Does nothing where it runs. */
  start(): void {
    if (this.child) return;
    this.stopping = false;
    this.refusal = '';
    this.lastError = '';
    const { root, env, name, nodeArgs } = this.options;
    // a group of its own: Ctrl-C reaches the supervisor alone; the IPC channel tells it when the supervisor is gone
    const child = spawn(process.execPath, [...nodeArgsOf(name), ...nodeArgs, mainOf(root, name)], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.startedAt = Date.now();
    createInterface({ input: child.stdout! }).on('line', (line) => this.heard(line));
    createInterface({ input: child.stderr! }).on('line', (line) => this.complained(line));
    child.once('close', (code, signal) => this.ended(code, signal));
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Resolves when it has ended. It stays so until it is started. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Stops it as a deployment would, and starts it with this environment. Resolves once it is started, not ready. */
  async restart(env: NodeJS.ProcessEnv): Promise<void> {
    await this.stop();
    this.options.env = env;
    this.start();
  }

  private heard(line: string): void {
    this.log.write(`${line}\n`);
    const said = readable(line);
    if (said === undefined) return;
    if (said.error) this.lastError = inWords(said.error);
    this.options.onLine(said);
  }

  private complained(line: string): void {
    this.log.write(`${line}\n`);
    if (WRONG_SETTING.test(line)) this.refusal += `${this.refusal && '\n'}${line}`;
    else if (THROWN.test(line)) this.lastError = line.trim();
  }

  /** Once its last line has been read, too. */
  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.child = undefined;
    if (this.stopping) return;
    if (this.refusal !== '') {
      this.options.onLine({ text: this.refusal, kind: this.refusal });
      return;
    }
    const how = (!this.wasReady && this.lastError) || signal || `exit ${code}`; // what it said while it ran was said then
    if (!this.wasReady) this.failedStarts += 1;
    if (this.failedStarts === TRIES) {
      this.refusal = `${this.name} could not start: ${how}. Its log: ${this.logPath}`;
      return;
    }
    if (Date.now() - this.startedAt > RAN_WELL_MS) this.restarts = 0;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.restarts);
    this.restarts += 1;
    this.options.say(`${this.name} ended (${how}); starting it again`);
    this.timer = setTimeout(() => this.start(), waitMs);
  }
}
