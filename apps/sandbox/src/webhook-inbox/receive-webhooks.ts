import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Front } from '#libs/http';
import { answer } from './answer.js';
import { STATUS_OF } from './behaviour.js';
import type { Inboxes } from './inboxes.service.js';
import { jsonOf, shownHeaders } from './received-request.js';
import { checkSignature } from './signature.js';

const INBOX = /^\/inbox\/([A-Za-z0-9_-]{1,64})(?=[/?]|$)/;
const SHOWN_BYTES = 64 * 1024;
/** A body is read up to here, for its signature is over all of it. */
const READ_BYTES = 1024 * 1024;

/** Any request to /inbox/<name>: kept, then answered as the inbox's switch says. */
export function receiveWebhooks(inboxes: Inboxes): Front {
  return (request, response) => {
    const name = INBOX.exec(request.url ?? '')?.[1];
    if (name !== undefined) void receive(inboxes, name, { request, response });
    return name !== undefined;
  };
}

async function receive(
  inboxes: Inboxes,
  name: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { body, bytes } = await bodyOf(request);
  if (response.destroyed) return;
  const inbox = inboxes.open(name);
  const behaviour = inbox.takeBehaviour();
  const text = body.toString('utf8');
  inboxes.keep(inbox, {
    receivedAt: new Date().toISOString(),
    method: request.method ?? '',
    path: request.url ?? '',
    headers: shownHeaders(request.headers),
    body: bytes > SHOWN_BYTES ? body.subarray(0, SHOWN_BYTES).toString('utf8') : text,
    bytes,
    json: bytes > READ_BYTES ? null : jsonOf(text),
    signature: checkSignature(inbox.signingSecret, body, request.headers as Record<string, string>),
    answered: { mode: behaviour.mode, statusCode: STATUS_OF[behaviour.mode] },
  });
  answer(response, name, behaviour);
}

/** A body that breaks off counts as far as it came: the sender hears nothing anyway. */
function bodyOf(request: IncomingMessage): Promise<{ body: Buffer; bytes: number }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= READ_BYTES) chunks.push(chunk);
    });
    const done = (): void => resolve({ body: Buffer.concat(chunks), bytes });
    request.once('end', done).once('close', done);
    request.once('error', done);
  });
}
