import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which requests are written as they are, without a wait for answers. */
export class Pipelined {
  received = '';
  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (chunk: string) => (this.received += chunk));
    socket.on('error', () => undefined); // the server may close it
  }

  static async open(origin: string): Promise<Pipelined> {
    const { port, hostname } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Pipelined(socket);
  }

  get(paths: string[], headers: Record<string, string> = {}): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`).join(''));
  }

  /** Bodies of the answers so far, where they are told by their length. */
  get bodies(): string[] {
    return this.received
      .split(/HTTP\/1\.1 /)
      .slice(1)
      .map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4));
  }

  leave(): void {
    this.socket.destroy();
  }
}
