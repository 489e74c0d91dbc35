import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryStatus } from '../../api/types.js';
import { canBePicked, choicesOf, someArrived } from './selection.js';

const of = (status: DeliveryStatus, test = false) => ({ id: status, status, test }) as Delivery;
const ALL = (['pending', 'retrying', 'delivered', 'dead', 'held', 'dropped'] as const).map((status) => of(status));
const ids = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ id }) => id);

describe('deliveries that were picked', () => {
  it('are offered what their status allows', () => {
    const { redeliver, discard, retryNow } = choicesOf(ALL);
    expect(ids(redeliver)).toEqual(['delivered', 'dead', 'held', 'dropped']);
    expect(ids(discard)).toEqual(['dead', 'held']);
    expect(ids(retryNow)).toEqual(['retrying']);
  });

  it('are neither tests nor what waits for its turn', () => {
    expect(ids(ALL.filter(canBePicked))).toEqual(['retrying', 'delivered', 'dead', 'held', 'dropped']);
    expect(canBePicked(of('dead', true))).toBe(false);
  });

  it('ask first where some have arrived', () => {
    expect(someArrived(ALL)).toBe(true);
    expect(someArrived([of('dead')])).toBe(false);
  });
});
