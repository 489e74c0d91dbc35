import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asyncApiYaml } from './asyncapi.js';

describe('docs/asyncapi.yaml', () => {
  it('is what the contracts say', () => expect(readFileSync('docs/asyncapi.yaml', 'utf8')).toBe(asyncApiYaml()));

  it('is valid AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(asyncApiYaml());
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });
});
