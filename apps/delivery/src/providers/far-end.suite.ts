import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Tells connections apart. */
  port: number | undefined;
}

export type Answer = (request: SeenRequest, response: ServerResponse, incoming: IncomingMessage) => void;

/** A real HTTP server on this machine that answers as a test wants. */
export class FarEnd {
  readonly seen: SeenRequest[] = [];
  answer: Answer = (_request, response) => response.end();
  private readonly server: Server;

  constructor() {
    this.server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers, socket } = incoming;
        const request = { method, url, headers, body: Buffer.concat(chunks).toString(), port: socket.remotePort };
        this.seen.push(request);
        this.answer(request, response, incoming);
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const answerWith =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

/** Repeats all that it was sent, as debug pages do. */
export const echo =
  (status: number): Answer =>
  ({ url, headers }, response) => {
    const said = `${url} ${decodeURIComponent(url)} ${JSON.stringify(headers)}`;
    const asBytes = Buffer.from(said).toString('latin1'); // as it goes into a header
    response.writeHead(status, { 'x-echo': asBytes, 'set-cookie': [`a=${url}`, 'b=2'] }).end(said);
  };

export const hang: Answer = () => {};

export const reset: Answer = (_request, _response, { socket }) => socket.resetAndDestroy();

export const hangUp: Answer = (_request, _response, { socket }) => socket.destroy();

/** Bytes of one's own in place of an HTTP answer. */
export const raw =
  (bytes: string): Answer =>
  (_request, _response, { socket }) =>
    void socket.write(bytes);

/** The same, after which the connection is closed. */
export const rawEnd =
  (bytes: string): Answer =>
  (_request, _response, { socket }) =>
    void socket.end(bytes);

/** Begins like this and then sends the part as fast as it is taken, up to so many bytes; `sent` tells how many were. */
export function repeated(
  begin: string,
  part: string,
  bytes: number,
): { answer: Answer; sent: () => number; closed: Promise<void> } {
  let sent = 0;
  let close: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const block = Buffer.from(part.repeat(Math.ceil((256 * 1024) / part.length)));
  const answer: Answer = (_request, _response, { socket }) => {
    const more = (): void => {
      while (sent < bytes && !socket.destroyed) {
        sent += block.length;
        if (!socket.write(block)) return;
      }
      socket.end();
    };
    socket
      .on('drain', more)
      .on('error', () => {})
      .on('close', () => close());
    socket.write(begin);
    more();
  };
  return { answer, sent: () => sent, closed };
}

/** Begins like this and then sends the drop again and again, without an end. */
export const drip =
  (begin: string, drop: string): Answer =>
  (_request, _response, { socket }) => {
    socket.write(begin);
    const timer = setInterval(() => socket.write(drop), 20);
    socket.once('close', () => clearInterval(timer));
  };

/** Sends so many bytes as fast as they are taken; `sent` tells how many were. */
export function flood(status: number, bytes: number): { answer: Answer; sent: () => number; closed: Promise<void> } {
  let sent = 0;
  let close: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const block = Buffer.alloc(256 * 1024, 'x');
  const answer: Answer = (_request, response) => {
    response.writeHead(status, { 'content-length': bytes });
    const more = (): void => {
      while (sent < bytes && !response.destroyed) {
        sent += block.length;
        if (!response.write(block)) return;
      }
    };
    response.on('drain', more);
    response.on('close', () => close());
    more();
  };
  return { answer, sent: () => sent, closed };
}
