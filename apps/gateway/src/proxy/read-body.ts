import type { IncomingMessage } from 'node:http';
import { problemFrom } from '#libs/problems';

/** No call of the API needs more. */
const BODY_LIMIT = 256 * 1024;
/** So much is read and thrown away, so that the client has finished writing and sees why it was refused. */
const DISCARD_LIMIT = 4 * 1024 * 1024;

const tooLarge = () => problemFrom({ status: 413, type: 'entity.too.large' });

/**
 * The whole body, read before a service is bothered with it: a slow client then holds no connection of the service's.
 * @throws Problem 413 where it is larger than 256 KB, announced or not
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return undefined;
  if (Number(length ?? 0) > DISCARD_LIMIT) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else if (size > DISCARD_LIMIT) reject(tooLarge());
    });
    request.once('end', () => {
      if (size > BODY_LIMIT) reject(tooLarge());
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new Error('the client went away while sending')); // an error costs more than the rest of this
    });
  });
}
