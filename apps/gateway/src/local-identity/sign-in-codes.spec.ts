import { describe, expect, it } from 'vitest';
import { SignInCodes } from './sign-in-codes.service.js';

const WHO = { role: 'owner' as const, organizationId: '0190a0de-1111-7000-8000-000000000002' };
const HOUR = 60 * 60 * 1_000;

describe('the code of a sign-in link', () => {
  it('is good for twelve hours', () => {
    const codes = new SignInCodes();
    const [early, late] = [codes.make(WHO, 0), codes.make(WHO, 0)];
    expect(codes.use(early, 12 * HOUR)).toBe(WHO);
    expect(() => codes.use(late, 12 * HOUR + 1)).toThrow('It works once');
  });

  it('is forgotten where a hundred newer ones were made', () => {
    const codes = new SignInCodes();
    const made = Array.from({ length: 101 }, () => codes.make(WHO));
    expect(() => codes.use(made[0]!)).toThrow('It works once');
    expect(codes.use(made[1]!)).toBe(WHO);
  });
});
