import { describe, expect, it } from 'vitest';
import { PHASES, select } from './test-selection.mjs';

const UNIT = 'tools/tally.spec.ts';
const INTEGRATION = 'tools/stack/ports.int-spec.ts';

describe('npm test', () => {
  it.each<[string, string[], string[], string[]]>([
    ['runs every phase', [], [...PHASES], []],
    ['runs the phases that are named, in their order', ['e2e', 'unit'], ['unit', 'e2e'], []],
    ['runs a unit test alone', [UNIT], ['unit'], [UNIT]],
    ['runs an integration test alone', [INTEGRATION], ['integration'], [INTEGRATION]],
    ['takes a path as a shell completes it', [`./${UNIT}`], ['unit'], [UNIT]],
    ['runs a folder in the phases of its files', ['tools'], ['unit', 'integration'], ['tools/']],
    ['runs a folder in the phase that is named', ['unit', 'tools/'], ['unit'], ['tools/']],
    ['runs files of two phases', [INTEGRATION, UNIT], ['unit', 'integration'], [INTEGRATION, UNIT]],
  ])('%s', (_case, args, phases, paths) => {
    expect(select(args)).toEqual({ phases, paths });
  });

  it.each<[string, string[], RegExp]>([
    ['neither a phase nor a path', ['units'], /^units is neither a phase \(format, .*\) nor a path\.$/],
    ['a file that is no test', ['tools/tally.mjs'], /^tools\/tally\.mjs is no test file and holds none\.$/],
    ['a folder without tests', ['tools/kafka'], /holds none\.$/],
    ['a phase that has no test there', ['e2e', UNIT], /^Phase e2e has no test in tools\/tally\.spec\.ts\.$/],
    ['a check of one file', ['lint', UNIT], /^Phase lint has no test in/],
  ])('refuses %s', (_case, args, line) => {
    expect(() => select(args)).toThrow(line);
  });
});
