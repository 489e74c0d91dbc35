import { describe, expect, it } from 'vitest';
import { lineForPeople } from './dev-line.mjs';

describe('a line of a service that is being developed', () => {
  it.each([
    [
      '{"level":"info","time":"2026-11-27T16:20:01.123Z","service":"delivery","event":"delivery.attempted","attempt":1,"integrationName":"Acme #ops"}',
      '16:20:01.123 info  delivery.attempted attempt=1 integrationName="Acme #ops"',
    ],
    [
      '{"level":"warn","time":"2026-11-27T16:20:01.123Z","event":"a.b","error":{"message":"no"}}',
      '16:20:01.123 warn  a.b error={"message":"no"}',
    ],
    ['[16:20:01] Found 0 errors. Watching for file changes.', '[16:20:01] Found 0 errors. Watching for file changes.'],
    ['{"not":"a log line"}', '{"not":"a log line"}'],
    ['{ cut', '{ cut'],
    ['', ''],
  ])('%s', (line, expected) => {
    expect(lineForPeople(line)).toBe(expected);
  });
});
