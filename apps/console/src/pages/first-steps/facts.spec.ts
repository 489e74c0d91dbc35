import { describe, expect, it } from 'vitest';
import type { Integration } from '../../api/types.js';
import { arrivedAt, doneIn, isSomethingOpen, type Facts } from './facts.js';

type Tried = Parameters<typeof arrivedAt>[0][number];

const tried = (more: Partial<Tried> = {}): Tried => ({
  health: 'unknown',
  lastDelivery: null,
  statusFreshness: { state: 'current', asOf: null, unavailableSince: null } as Integration['statusFreshness'],
  ...more,
});
const away = { statusFreshness: { state: 'unknown' } as Integration['statusFreshness'], health: null };
const last = (status: 'delivered' | 'dead') => ({ lastDelivery: { id: 'a', status, at: '2026-01-01T00:00:00Z' } });

describe('arrivedAt', () => {
  it.each<[string, Tried[], ReturnType<typeof arrivedAt>]>([
    ['without a destination', [], false],
    ['where one is healthy', [tried(), tried({ health: 'healthy' })], true],
    ['where the last message arrived', [tried({ health: 'failing', ...last('delivered') })], true],
    ['where the last message failed', [tried({ health: 'failing', ...last('dead') })], 'ask'],
    ['where nothing was sent', [tried()], false],
    ['where the delivery service does not answer', [tried(away)], undefined],
  ])('%s', (_, integrations, arrived) => expect(arrivedAt(integrations)).toBe(arrived));
});

const facts = (more: Partial<Facts> = {}): Facts => ({
  project: true,
  destination: true,
  test: true,
  release: true,
  ...more,
});

it('counts what is known to be done', () => {
  expect(doneIn(facts())).toBe(4);
  expect(doneIn(facts({ test: undefined, release: false }))).toBe(2);
});

it('something is open where it is known to be missing, not where it is unknown', () => {
  expect(isSomethingOpen(facts({ release: false }))).toBe(true);
  expect(isSomethingOpen(facts({ test: undefined }))).toBe(false);
});
