import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A receiver in a process of its own: reads each post, answers 200, and knows when each came. What is
 * posted to /hang it never answers, and does not count.
 */
export type ReceiverCommand = { kind: 'expect'; count: number } | { kind: 'latencies' };

const SENT_AT = /"description":"(?:\[TEST\] )?sent (\d+\.\d+) /;

let count = 0;
let expected = Infinity;
let firstAt = 0;
let latencies: number[] = [];

const now = (): number => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/hang') return;
    const at = now();
    response.writeHead(200).end();
    if (count === 0) firstAt = at;
    count += 1;
    const sent = SENT_AT.exec(Buffer.concat(chunks).toString('latin1'));
    if (sent) latencies.push(at - Number(sent[1]));
    if (count === expected) process.send!({ kind: 'done', firstAt, lastAt: at });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send!({ kind: 'listening', port: (server.address() as AddressInfo).port }));

process.on('message', (command: ReceiverCommand) => {
  if (command.kind === 'expect') {
    count = 0;
    latencies = [];
    expected = command.count;
    process.send!({ kind: 'expecting' });
  } else process.send!({ kind: 'latencies', values: latencies });
});
process.on('disconnect', () => process.exit(0));
