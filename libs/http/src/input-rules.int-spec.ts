import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Param, Post, Query, Module, type INestApplication } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Public } from '#libs/auth';
import { ServiceSettings, loadSettings } from '#libs/config';
import { notFound } from '#libs/problems';
import { createLogger, createRegistry } from '#libs/observability';
import { createService } from './index.js';

class Input {
  @IsOptional()
  @IsString()
  name?: string;
}

@Public()
@Controller('api/v1')
class ThingsController {
  @Post('things')
  create(@Body() _input: Input): object {
    return {};
  }

  @Post('things/all')
  all(): object {
    return {};
  }

  @Get('things/:id')
  one(@Param('id') id: string): object {
    if (id === 'gone' || id === 'all') throw notFound('thing');
    return {};
  }

  @Get('things')
  list(@Query() _query: Input): object {
    return {};
  }
}

@Module({ controllers: [ThingsController] })
class Things {}

let app: INestApplication;
let origin: string;
const log: string[] = [];

beforeAll(async () => {
  app = await createService(
    { module: Things },
    {
      name: 'things',
      settings: loadSettings(ServiceSettings, { PORT: '1' }),
      logger: createLogger('things', 'info', { write: (line) => void log.push(line) }),
      registry: createRegistry('things'),
    },
  );
  await app.listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}/api/v1`;
});

afterAll(() => app.close());

const lists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

async function expectRefused(response: Response): Promise<Record<string, unknown>> {
  expect([response.status, response.headers.get('content-type')]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ]);
  return (await response.json()) as Record<string, unknown>;
}

describe('a method that an address does not take', () => {
  it.each([
    ['PUT', '/things', 'GET, HEAD, POST'],
    ['DELETE', '/things/', 'GET, HEAD, POST'],
    ['TRACE', '/things', 'GET, HEAD, POST'],
    ['POST', '/things/7', 'GET, HEAD'],
    ['GET', '/things/all', 'POST'],
  ])('is refused with 405, and with those that it takes: %s %s', async (method, path, allow) => {
    const call = request(origin + path, { method }).end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.resume();
    expect([response.statusCode, response.headers.allow]).toEqual([405, allow]);
  });

  it.each(['/nothing', '/things/7/8', '/things/%'])('is none where there is nothing: %s', async (path) => {
    expect([404, 400]).toContain((await fetch(origin + path, { method: 'PUT' })).status);
  });

  it('is not the one that a thing is not found by', async () => {
    const response = await fetch(`${origin}/things/gone`);
    expect([response.status, response.headers.get('allow')]).toEqual([404, null]);
  });
});

describe('a header that is there twice', () => {
  it.each([
    ['Host', 'Host: localhost\r\nhost: evil.example'],
    ['Host, the same', 'Host: localhost\r\nHost: localhost'],
    ['Authorization', 'Host: localhost\r\nAuthorization: Bearer a\r\nauthorization: Bearer b'],
  ])('is refused, and the connection closed: %s', async (_case, headers) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').setEncoding('utf8');
    socket.write(`GET /api/v1/things HTTP/1.1\r\n${headers}\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  it('is not one that only looks alike', async () => {
    const headers = { abcd: '1', 'x-host': 'b', authorisation0: 'c' };
    expect((await fetch(`${origin}/things`, { headers })).status).toBe(200);
  });
});

it('no answer of the API is kept by a cache', async () => {
  expect((await fetch(`${origin}/things`)).headers.get('cache-control')).toBe('no-store');
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a body that is not JSON is refused, rather than to count as left out: %s',
  async (type) => {
    const response = await fetch(`${origin}/things`, {
      method: 'POST',
      body: 'a=1',
      headers: { 'content-type': type },
    });
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { type: 'urn:nitropush:problem:unsupported-media-type' },
    ]);
  },
);

describe('input that is deeper or has more in it than any call needs', () => {
  it.each([
    ['lists', `{"name":${lists(1_375)}}`, 'levels'],
    ['lists, just too deep', `{"name":${lists(16)}}`, 'levels'],
    ['objects', `{"name":${objects(1_375)}}`, 'levels'],
    ['as much as a body may be', lists(131_000), 'levels'],
    ['an unknown field', `{"x":${objects(40_000)}}`, 'levels'],
    ['a field of every object', `{"__proto__":${objects(5_000)}}`, '__proto__'],
    ['many values', `{"name":[${Array<number>(100_000).fill(1).join()}]}`, 'values'],
    ['many fields', JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, n]))), 'values'],
  ])('is refused with 400: %s', async (_case, body, word) => {
    const headers = { 'content-type': 'application/json' };
    const problem = await expectRefused(await fetch(`${origin}/things`, { method: 'POST', body, headers }));
    expect(problem['detail']).toContain(word);
  });

  it('is refused in a query too', async () => {
    const query = Array.from({ length: 101 }, (_, n) => `name=${n}`).join('&');
    const problem = await expectRefused(await fetch(`${origin}/things?${query}`));
    expect(problem['detail']).toContain('parameters');
    await expectRefused(await fetch(`${origin}/things?name[a][b][c]=1`));
  });

  it.each([
    `{"name":${lists(14)}}`,
    `{"name":{"toString":1}}`,
    `{"constructor":{"a":1}}`,
    `{"__proto__":{"a":1}}`,
    '[[1]]',
  ])('is checked as ever where it is small: %s', async (body) => {
    const headers = { 'content-type': 'application/json' };
    await expectRefused(await fetch(`${origin}/things`, { method: 'POST', body, headers }));
  });

  it('names 50 wrong fields at most', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n])));
    const headers = { 'content-type': 'application/json' };
    const problem = await expectRefused(await fetch(`${origin}/things`, { method: 'POST', body, headers }));
    expect(problem['errors']).toHaveLength(50);
  });

  it('is no fault of ours', () => expect(log.filter((line) => line.includes('"level":"error"'))).toEqual([]));
});
