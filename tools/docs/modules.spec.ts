import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withModules } from './modules.js';

describe('the pictures of modules in docs/ARCHITECTURE.md', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8');

  it('are what the modules say: npm run docs:modules draws them again', () => expect(withModules(page)).toBe(page));

  it('show every service', () => expect(page.match(/flowchart LR\n/g)).toHaveLength(5));
});
