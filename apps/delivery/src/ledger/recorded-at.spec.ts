import { describe, expect, it } from 'vitest';
import { recordedAt, timeOfEvent, type TimeOfEvent } from './recorded-at.js';

const now = Date.parse('2026-11-26T12:00:00.000Z');
const OURS = '2026-11-26T12:00:00.000Z';

describe('the time that a delivery is kept under', () => {
  it.each<[string, TimeOfEvent, string]>([
    ['2026-11-26T12:00:00.000Z', 'near', OURS],
    ['2026-11-26T11:59:59.000Z', 'near', '2026-11-26T11:59:59.000Z'],
    ['2026-11-26T12:05:00.000Z', 'near', '2026-11-26T12:05:00.000Z'],
    ['2026-11-26T12:05:00.001Z', 'ahead', OURS],
    ['9999-12-31T23:59:59.000Z', 'ahead', OURS],
    ['2026-11-25T12:00:00.000Z', 'near', '2026-11-25T12:00:00.000Z'],
    ['2026-11-25T11:59:59.999Z', 'late', OURS],
    ['2026-08-27T12:00:00.000Z', 'late', OURS],
    ['1970-01-01T00:00:00.000Z', 'late', OURS],
  ])('of an event of %s, which is %s, is %s', (time, kind, kept) => {
    expect([timeOfEvent(time, now), recordedAt(time, now)]).toEqual([kind, kept]);
  });
});
