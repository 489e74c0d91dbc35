import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './commit-message.mjs';

const LONGEST = `feat: ${'x'.repeat(66)}`;

describe('a commit message', () => {
  it.each<[string, string]>([
    ['a subject', 'docs: explain the ledger'],
    ['a scope', 'feat(integrations): cap projects\n'],
    ['a break of a contract', 'feat(contracts)!: remove the old field'],
    ['72 characters', LONGEST],
    ['a fix that says why', 'fix(http): answer 405\n\nClients could not tell it from a missing id.\n'],
    ['comments of git', 'docs: explain\n# Please enter the commit message\n#\n'],
    ['the diff that `git commit -v` shows', `docs: explain\n# ${'-'.repeat(8)} >8 ${'-'.repeat(8)}\ndiff --git a/b`],
    ['a merge', "Merge branch 'a very long name of a branch that somebody chose' into main"],
    ['what a rebase folds', 'fixup! docs: explain'],
  ])('is taken with %s', (_case, message) => {
    expect(faultsOf(message)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['without a type', 'explain the ledger', /type\(scope\): imperative/],
    ['with a type that nobody knows', 'change: explain', /types are feat, fix/],
    ['that is empty', '\n# only comments\n', /type\(scope\): imperative/],
    ['with 73 characters', `${LONGEST}x`, /has 73 characters; at most 72/],
    ['that ends with a full stop', 'docs: explain.', /full stop/],
    ['without the empty line', 'docs: explain\nwhy', /empty line/],
    ['of a fix without a reason', 'fix(http): answer 405', /a fix needs a body/],
    ['of a perf whose body is a comment', 'perf: hash once\n\n# why', /a perf needs a body/],
  ])('is refused %s', (_case, message, fault) => {
    expect(faultsOf(message).join('\n')).toMatch(fault);
  });

  it('is checked by the hook', () => {
    const hook = (path: string): void => void execFileSync('tools/hooks/commit-msg', [path], { stdio: 'pipe' });
    expect(() => hook('tools/hooks/commit-message.mjs')).toThrow(/type\(scope\): imperative/);
  });
});
