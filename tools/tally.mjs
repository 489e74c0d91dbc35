/** What a run of `npm test` adds up to: the tests of every phase, and the phases that failed. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** A line each, for the end of the run. */
  failures = [];

  /** A phase that is no suite. Answers whether it passed. */
  addCheck(name, ok) {
    return ok || this.#fail(name, []);
  }

  /** A suite as vitest's JSON report has it; no report counts as one failure, as does an error outside of any test. Answers whether it passed. */
  addSuite(name, ok, report) {
    if (!report) return this.#fail(name, [], 'no report');
    this.passed += report.numPassedTests;
    this.skipped += report.numPendingTests + report.numTodoTests;
    if (ok && report.numPassedTests > 0 && report.numFailedTests === 0) return true;
    return this.#fail(
      name,
      failuresOf(report),
      report.numPassedTests === 0 ? 'no test passed' : 'an error outside of the tests',
    );
  }

  get ok() {
    return this.failures.length === 0;
  }

  /** The last line is what CI reads. */
  lines() {
    const list = this.ok ? [] : ['Failed:', ...this.failures.map((line) => `  ${line}`), ''];
    return [...list, `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`];
  }

  #fail(name, tests, otherwise) {
    this.failed += Math.max(1, tests.length);
    const named = tests.length > 0 ? tests : otherwise ? [otherwise] : [];
    this.failures.push(...(named.length > 0 ? named.map((one) => `${name}: ${one}`) : [name]));
    return false;
  }
}

/** Each failed test by its full title; a file that failed without one, e.g. because it could not be loaded, by its path. */
function failuresOf({ testResults = [] }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    return failed.length === 0 && status === 'failed' ? [name] : failed;
  });
}
