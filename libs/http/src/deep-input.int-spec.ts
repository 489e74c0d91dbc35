import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Post, Query, type DynamicModule, type INestApplication } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Public } from '#libs/auth';
import { ServiceSettings, loadSettings } from '#libs/config';
import { createLogger, createRegistry } from '#libs/observability';
import { ServiceModule, createService, type ServiceContext } from './index.js';

class Input {
  @IsOptional()
  @IsString()
  name?: string;
}

@Public()
@Controller()
class ThingsController {
  @Post('things')
  create(@Body() _input: Input): object {
    return {};
  }

  @Get('things')
  list(@Query() _query: Input): object {
    return {};
  }
}

class Things {
  static forContext(context: ServiceContext<ServiceSettings>): DynamicModule {
    return { module: Things, imports: [ServiceModule.forContext(context)], controllers: [ThingsController] };
  }
}

let app: INestApplication;
let origin: string;
const log: string[] = [];

beforeAll(async () => {
  app = await createService(
    { module: (context) => Things.forContext(context) },
    {
      name: 'things',
      settings: loadSettings(ServiceSettings, { PORT: '1' }),
      logger: createLogger('things', 'info', { write: (line) => void log.push(line) }),
      registry: createRegistry('things'),
    },
  );
  await app.listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}`;
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
