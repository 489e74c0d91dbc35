import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answersPage } from './answers.js';

describe('docs/answers.md', () => {
  it('is what the adapters make of the answers', () =>
    expect(readFileSync('docs/answers.md', 'utf8')).toBe(answersPage()));

  it('names no answer twice in a table, and says something to people of each failure', () => {
    for (const section of answersPage().split('\n## ').slice(1)) {
      const rows = section
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .slice(2);
      const answers = rows.map((row) => row.split('|')[1]!.trim());
      expect(new Set(answers).size).toBe(answers.length);
      for (const row of rows) expect(row).toMatch(/ delivered +\| +\| +\|$|`[a-z_]+` +\| .*[.?] *\|$/);
    }
  });

  it('sends nobody but the operator to look into the mail server', () => {
    const mail = answersPage()
      .split('\n## ')
      .find((section) => section.startsWith('Email'));
    expect(mail).toBeDefined();
    expect(mail).not.toMatch(/Look (for|into)|Answer with/);
  });
});
