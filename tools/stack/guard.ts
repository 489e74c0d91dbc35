import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** Its input is a pipe from us: that ends only when we do, and then so does the server. */
const SCRIPT = 'read -r _ || kill -s INT "$0"';

/** Ends a server when we are gone without having stopped it, also by a SIGKILL: no orphan keeps the memory and the ports. */
export class Guard {
  private constructor(private readonly child: ChildProcess) {}

  static over(pid: number): Guard {
    const child = spawn('sh', ['-c', SCRIPT, String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', () => undefined); // without a shell the pid file is what is left: the next start reads it
    child.unref();
    (child.stdin as Socket).unref();
    return new Guard(child);
  }

  /** The server has ended; its number may soon be somebody else's. */
  release(): void {
    this.child.kill('SIGKILL');
  }
}
