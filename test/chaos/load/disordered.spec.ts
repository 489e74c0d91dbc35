import { describe, expect, it } from 'vitest';
import { disordered } from './disordered.js';
import { hook, post } from './evidence.suite.js';
import type { Call, Evidence, Post } from './evidence.js';

const call = (number: number, startedAt: number, endedAt: number, projectId = 'p'): Call => ({
  number,
  kind: 'create',
  projectId,
  version: `1.${number}.0`,
  environment: 'test',
  startedAt,
  endedAt,
  status: 201,
  release: { id: `r${number}`, revision: 1 },
});
const told = (number: number, more: Partial<Post> = {}): Post =>
  post({ webhookId: `d${number}`, releaseId: `r${number}`, ...more });

const calls = [call(1, 10, 20), call(2, 30, 40)];
const evidence = (more: Partial<Evidence>): Pick<Evidence, 'calls' | 'posts' | 'hooks'> => ({
  calls,
  posts: [],
  hooks: [hook()],
  ...more,
});

describe('first attempts', () => {
  it.each<[string, Partial<Evidence>, number]>([
    ['come as the calls did', { posts: [told(1), told(2)] }, 0],
    ['come the other way round', { posts: [told(2), told(1)] }, 1],
    [
      'come late, each behind the latest',
      { calls: [...calls, call(3, 50, 60)], posts: [told(3), told(1), told(2)] },
      2,
    ],
    ['are of calls that overlap', { calls: [call(1, 10, 35), calls[1]!], posts: [told(2), told(1)] }, 0],
    ['are of two projects', { calls: [calls[0]!, call(2, 30, 40, 'q')], posts: [told(2), told(1)] }, 0],
    [
      'are of an integration that sends several at once',
      { hooks: [hook({ concurrency: 2 })], posts: [told(2), told(1)] },
      0,
    ],
    [
      'are of an integration that is disabled meanwhile',
      { hooks: [hook({ holds: true })], posts: [told(2), told(1)] },
      0,
    ],
    ['come once more in another order', { posts: [told(1), told(2), told(1)] }, 0],
    ['never came, but for a retry', { posts: [told(2), told(1, { attempt: 2 })] }, 0],
    [
      'are of a call without an answer',
      { calls: [{ ...calls[0]!, release: undefined }, calls[1]!], posts: [told(2), told(1)] },
      0,
    ],
    ['are those of another integration', { posts: [told(2, { hook: 'other' }), told(1)] }, 0],
  ])('%s', (_, given, expected) => {
    expect(disordered(evidence(given))).toHaveLength(expected);
  });
});
