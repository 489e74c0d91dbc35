import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { family } from './family.js';
import { Guard } from './guard.js';

export interface DaemonOptions {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  logFile: string;
  pidFile: string;
}

const LOOK_MS = 50;

const running = new Set<Daemon>();
let endsWithUs = false;

/** Where this process exits without having stopped them, the servers end at once: they survive a SIGKILL unharmed. */
function keepTrack(daemon: Daemon): void {
  running.add(daemon);
  daemon.onExit(() => running.delete(daemon));
  if (endsWithUs) return;
  endsWithUs = true;
  process.once('exit', () => {
    for (const left of running) left.signal('SIGKILL');
  });
}

/** A server in a process group of its own: Ctrl-C on the terminal reaches us alone, and we stop it in its turn. */
export class Daemon {
  private constructor(
    private readonly child: ChildProcess,
    private readonly options: DaemonOptions,
  ) {}

  static start(options: DaemonOptions): Daemon {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a');
    const { command, args, env, cwd, uid, gid } = options;
    const child = spawn(command, args, {
      env: env ?? process.env,
      cwd,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.on('error', () => undefined); // seen as an exit code below
    const daemon = new Daemon(child, options);
    if (child.pid !== undefined) {
      writeFileSync(options.pidFile, String(child.pid));
      const guard = Guard.over(child.pid);
      daemon.onExit(() => guard.release());
    }
    keepTrack(daemon);
    return daemon;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get exited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
  }

  onExit(listener: () => void): void {
    this.child.once('exit', listener);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.exited) this.child.kill(signal);
  }

  /** To the server and to what it started, which a signal to the server alone does not freeze or end. */
  signalAll(signal: NodeJS.Signals): void {
    if (this.exited) return;
    for (const pid of family(this.child.pid!)) signalIfThere(pid, signal);
  }

  /** Asks it to end, and makes it after `withinMs`. */
  async stop(signal: NodeJS.Signals, withinMs: number): Promise<void> {
    if (!this.exited) {
      const ended = new Promise<void>((resolve) => this.onExit(resolve));
      this.child.kill(signal);
      const timer = setTimeout(() => this.child.kill('SIGKILL'), withinMs);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.options.pidFile, { force: true });
  }

  /** The end of its log, for an error message. */
  lastLines(count = 3): string {
    return readFileSync(this.options.logFile, 'utf8').trim().split('\n').slice(-count).join(' | ');
  }
}

/**
 * Ends a server that a supervisor before us started and could not stop, because it was killed.
 * `mark` must be on its command line: the pid may belong to somebody else by now.
 */
export async function endLeftover(pidFile: string, mark: string): Promise<boolean> {
  if (!existsSync(pidFile)) return false;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (!commandLine(pid).includes(mark)) return false;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; commandLine(pid).includes(mark); waited += LOOK_MS) {
    if (waited === 10_000) process.kill(pid, 'SIGKILL');
    await wait(LOOK_MS);
  }
  return true;
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended meanwhile
  }
}

/** What a process was started with; nothing where there is none. */
export function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // it has ended
  }
}
