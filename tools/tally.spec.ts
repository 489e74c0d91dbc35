import { describe, expect, it } from 'vitest';
import { Tally } from './tally.mjs';

const report = (passed: number, failed: string[] = [], file: object[] = []): never =>
  ({
    numPassedTests: passed,
    numFailedTests: failed.length,
    numPendingTests: 1,
    numTodoTests: 2,
    testResults: [
      {
        name: 'a.spec.ts',
        status: failed.length > 0 ? 'failed' : 'passed',
        assertionResults: [
          { status: 'passed', fullName: 'works' },
          ...failed.map((fullName) => ({ status: 'failed', fullName })),
        ],
      },
      ...file,
    ],
  }) as never;

const UNLOADABLE = { name: 'b.spec.ts', status: 'failed', assertionResults: [] };

describe('a run', () => {
  it('in which all passed is counted in one line', () => {
    const tally = new Tally();
    tally.addCheck('lint', true);
    tally.addSuite('unit', true, report(5));
    tally.addSuite('e2e', true, report(7));
    expect([tally.ok, tally.lines()]).toEqual([true, ['12 passed, 0 failed, 6 skipped']]);
  });

  it('counts every phase, also those after one that failed', () => {
    const tally = new Tally();
    tally.addCheck('lint', false);
    tally.addSuite('unit', false, report(5, ['adds', 'takes away']));
    tally.addSuite('e2e', true, report(7));
    expect([tally.ok, tally.lines()]).toEqual([
      false,
      ['Failed:', '  lint', '  unit: adds', '  unit: takes away', '', '12 passed, 3 failed, 6 skipped'],
    ]);
  });

  it.each<[string, boolean, object | undefined, string]>([
    ['a phase that crashed without a report', false, undefined, 'unit: no report'],
    ['a phase that says it passed and has no report', true, undefined, 'unit: no report'],
    ['an error that belongs to no test', false, report(5), 'unit: an error outside of the tests'],
    ['a file that could not be loaded', false, report(5, [], [UNLOADABLE]), 'unit: b.spec.ts'],
    ['a phase without any test', true, report(0), 'unit: no test passed'],
    ['a failed test although the exit code says otherwise', true, report(5, ['adds']), 'unit: adds'],
  ])('fails with %s', (_, ok, given, line) => {
    const tally = new Tally();
    tally.addSuite('unit', ok, given as never);
    expect([tally.ok, tally.failed, tally.lines().slice(0, 2)]).toEqual([false, 1, ['Failed:', `  ${line}`]]);
  });
});
