import { describe, expect, it } from 'vitest';
import { within } from './within.js';

const HOUR = 3_600_000;
const never = new Promise<string>(() => undefined);
const fail = (text: string) => (): never => {
  throw new Error(text);
};

describe('work with a deadline', () => {
  it('answers what it comes to', async () => {
    expect(await within(HOUR, Promise.resolve('done'), () => 'late')).toBe('done');
  });

  it('fails as it fails', async () => {
    await expect(within(HOUR, Promise.reject(new Error('no')), () => 'late')).rejects.toThrow('no');
  });

  it('answers something else where it takes longer', async () => {
    expect(await within(1, never, () => 'late')).toBe('late');
  });

  it('fails as its caller wants where it takes longer', async () => {
    await expect(within(1, never, fail('late'))).rejects.toThrow('late');
  });

  it('that fails after its deadline fails nothing else', async () => {
    let end = (_error: Error): void => undefined;
    const work = new Promise<string>((_, reject) => (end = reject));
    expect(await within(1, work, () => 'late')).toBe('late');
    end(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would end the run
  });
});
