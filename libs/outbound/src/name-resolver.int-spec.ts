import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NameResolver } from './name-resolver.js';
import { expectInTime } from '../../../test/support/expect-in-time.js';

const A = 1;
const HEADER_BYTES = 12;

/** A name server that knows one name, is silent about all under `silent.example` and refuses the rest. */
function answerTo(query: Buffer): Buffer | null {
  const question = query.subarray(HEADER_BYTES);
  const end = question.indexOf(0) + 5;
  const name = nameOf(question);
  if (name.endsWith('.silent.example')) return null;
  const known = name === 'hooks.example' && question.readUInt16BE(end - 4) === A;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(known || name === 'hooks.example' ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(known ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 203, 0, 113, 7]);
  return Buffer.concat([header, question.subarray(0, end), ...(known ? [record] : [])]);
}

/** Labels, each with its length before it, up to one of no length. */
function nameOf(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 0, length = 0; (length = question[at] ?? 0) > 0; at += length + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + length).toLowerCase());
  return labels.join('.');
}

describe('resolving names', () => {
  let server: Socket;
  let queries = 0;
  let names: NameResolver;

  beforeAll(async () => {
    server = createSocket('udp4');
    server.on('message', (query, from) => {
      queries += 1;
      const answer = answerTo(query);
      if (answer) server.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    names = new NameResolver([`127.0.0.1:${server.address().port}`]);
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it('gives what the name server says, once for all who ask at the same time', async () => {
    const asked = Array.from({ length: 50 }, () => names.resolve('hooks.example'));
    for (const answer of await Promise.all(asked)) expect(answer).toEqual([{ address: '203.0.113.7', family: 4 }]);
    expect(queries).toBe(2);
  });

  it('gives up a silent name server before a connection would time out, and keeps nobody else waiting', async () => {
    await expectInTime(3_500, async () => {
      const began = performance.now();
      let given = 0;
      const silent = Array.from({ length: 20 }, (_, i) => names.resolve(`n${i}.silent.example`));
      const failed = Promise.allSettled(silent.map((one) => one.finally(() => (given += 1))));
      await names.resolve('hooks.example');
      await names.resolve('localhost');
      const waitedForNone = given === 0;
      for (const result of await failed)
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ETIMEOUT' } });
      return waitedForNone ? performance.now() - began : Infinity;
    });
  });

  it('finds names of this machine', async () => {
    const addresses = await names.resolve('localhost');
    expect(addresses.map(({ address }) => address)).toContain('127.0.0.1');
  });

  it.each([`${'a'.repeat(64)}.example`, `${'a.'.repeat(126)}ab`])(
    'asks nobody for a name that is too long: %s',
    async (name) => {
      await expect(names.resolve(name)).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    },
  );

  it('fails for a name that nobody knows', async () => {
    await expect(names.resolve('nowhere.example')).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string,
    });
  });
});
