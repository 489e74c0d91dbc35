import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '#libs/problems';
import { AtOnce } from './at-once.js';

const refusal = (whose: string, most: number): Problem => new Problem(429, 'too-many', `${most} of one ${whose}`);
const of = (organizationId: string, userId: string) => ({ organizationId, userId });

let calls: AtOnce;

beforeEach(() => {
  calls = new AtOnce({ user: 2, organization: 3 }, refusal);
});

describe('what runs at once', () => {
  it('is bounded for one user', () => {
    calls.enter(of('one', 'anna'));
    calls.enter(of('one', 'anna'));
    expect(() => calls.enter(of('one', 'anna'))).toThrow('2 of one user');
    expect(() => calls.enter(of('one', 'ben'))).not.toThrow();
  });

  it('is bounded for all users of one organization together', () => {
    for (const user of ['anna', 'ben', 'cem']) calls.enter(of('one', user));
    expect(() => calls.enter(of('one', 'dora'))).toThrow('3 of one organization');
  });

  it('is counted for each organization by itself, also where their users have the same id', () => {
    for (const user of ['anna', 'anna', 'ben']) calls.enter(of('one', user));
    expect(() => calls.enter(of('two', 'anna'))).not.toThrow();
  });

  it('names the limit of the user where both are reached', () => {
    for (const user of ['anna', 'anna', 'ben']) calls.enter(of('one', user));
    expect(() => calls.enter(of('one', 'anna'))).toThrow('2 of one user');
  });

  it('leaves room once it has ended', () => {
    const end = calls.enter(of('one', 'anna'));
    calls.enter(of('one', 'anna'));
    end();
    expect(() => calls.enter(of('one', 'anna'))).not.toThrow();
    expect(() => calls.enter(of('one', 'anna'))).toThrow('2 of one user');
  });

  it('ends only once, however often that is said', () => {
    const end = calls.enter(of('one', 'anna'));
    calls.enter(of('one', 'anna'));
    end();
    end();
    calls.enter(of('one', 'anna'));
    expect(() => calls.enter(of('one', 'anna'))).toThrow('2 of one user');
  });

  it('is not counted where it was refused', () => {
    calls.enter(of('one', 'anna'));
    const end = calls.enter(of('one', 'anna'));
    for (let n = 0; n < 5; n += 1) expect(() => calls.enter(of('one', 'anna'))).toThrow('2 of one user');
    end();
    calls.enter(of('one', 'anna'));
    expect(() => calls.enter(of('one', 'ben'))).not.toThrow();
  });
});
