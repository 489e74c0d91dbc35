import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Epoch ms. */
  at: number;
}

/** Of the release that it tells of. */
export const versionOf = ({ body }: Pick<Received, 'body'>): string =>
  (JSON.parse(body) as { data: { release: { version: string } } }).data.release.version;

/** What the receiver answers with; one that answers by itself returns nothing. */
export type Answer = (request: Received, response: ServerResponse) => number | void | Promise<number | void>;

export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answerWith: (answer: Answer) => void;
  close: () => Promise<void>;
}

/** A real HTTP server that keeps what it got. */
export async function startReceiver(first: Answer = () => 200): Promise<Receiver> {
  const received: Received[] = [];
  let answer = first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Received = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        at: Date.now(),
      };
      received.push(one);
      void respond(one, response);
    });
  });
  const respond = async (one: Received, response: ServerResponse): Promise<void> => {
    const status = await answer(one, response);
    if (typeof status === 'number')
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`answered ${status}`);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next) => (answer = next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
