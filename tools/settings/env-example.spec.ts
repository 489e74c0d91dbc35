import { describe, expect, it } from 'vitest';
import { declaredSettings, exampleSettings } from './settings.suite.js';

const root = process.cwd();

describe('.env.example', async () => {
  const declared = await declaredSettings(root);
  const example = exampleSettings(root);

  it('names every setting that a service declares, and no other', () => {
    expect(declared.size).toBeGreaterThan(30);
    expect([...example.keys()].sort()).toEqual([...declared.keys()].sort());
  });

  it.each([...example])('%s has the default that is written there', (name, text) => {
    const defaults = declared.get(name)!.map(({ local, default: always }) => local ?? always);
    const parse = declared.get(name)![0]!.parse;
    expect(defaults).toContainEqual(text === '' ? undefined : parse(text));
  });
});
