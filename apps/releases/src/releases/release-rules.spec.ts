import { describe, expect, it } from 'vitest';
import type { Environment } from '#libs/contracts';
import { lengthOf } from '#libs/http';
import { promotionTarget } from './promotion.js';
import { VERSION } from './version.js';

describe('a version', () => {
  it.each(['1', '1.0.5', 'v1.2', '2.0.0-beta.1+build.5', '2026.11.23', '1'.repeat(64)])('may be %s', (version) =>
    expect(VERSION.test(version)).toBe(true),
  );
  it.each(['', 'latest', '-1', '1 0', '1.0/2', '1.0\n', 'ü1', 'vv1', '1'.repeat(65)])('may not be %j', (version) =>
    expect(VERSION.test(version)).toBe(false),
  );
});

describe('the length of a text', () => {
  it.each([
    ['a🚀é', 3],
    ['❤️', 2],
    ['', 0],
  ])('of %s is %i', (text, length) => expect(lengthOf(text)).toBe(length));
});

describe('a promotion', () => {
  it.each<[Environment, Environment | undefined, Environment | undefined]>([
    ['test', undefined, 'stage'],
    ['stage', undefined, 'prod'],
    ['prod', undefined, undefined],
    ['test', 'prod', 'prod'],
    ['test', 'test', undefined],
    ['stage', 'test', undefined],
    ['prod', 'prod', undefined],
  ])('from %s, asked for %s, goes to %s', (from, asked, target) => expect(promotionTarget(from, asked)).toBe(target));
});
