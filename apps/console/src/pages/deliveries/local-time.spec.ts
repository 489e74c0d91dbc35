import { describe, expect, it } from 'vitest';
import { dayOf, fieldOf, timeOf } from './local-time.js';

describe('a time in a field of the browser', () => {
  it.each(['2026-11-27T10:05', '2026-01-02T00:00', '2026-07-31T23:59'])('%s is the same there and back', (field) =>
    expect(fieldOf(timeOf(field)!)).toBe(field),
  );

  it.each(['', 'soon'])('"%s" is not a time', (field) => expect(timeOf(field)).toBeUndefined());

  it('begins a day at its midnight', () =>
    expect(fieldOf(dayOf(new Date('2026-11-27T15:04:05').getTime()))).toBe('2026-11-27T00:00'));
});
