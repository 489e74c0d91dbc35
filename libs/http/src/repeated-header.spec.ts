import { describe, expect, it } from 'vitest';
import { repeatedHeader } from './repeated-header.js';

describe('the headers of a request', () => {
  it.each<[string, string[], string | undefined]>([
    ['one of each', ['Host', 'a', 'Authorization', 'Bearer x', 'Accept', '*/*'], undefined],
    ['none', [], undefined],
    ['two that may come twice', ['Accept', 'a', 'Accept', 'b', 'Cookie', 'a', 'Cookie', 'b'], undefined],
    ['two hosts', ['Host', 'a', 'Host', 'b'], 'host'],
    ['two hosts that are the same', ['Host', 'a', 'Host', 'a'], 'host'],
    [
      'two tokens in other cases',
      ['authorization', 'Bearer x', 'Accept', '*/*', 'AUTHORIZATION', 'Bearer y'],
      'authorization',
    ],
    ['a value that is called like a header', ['X-Name', 'host', 'Host', 'a'], undefined],
    ['others of the same lengths', ['Etag', 'a', 'Etag', 'b', 'If-None-Match', 'a', 'Accept-Ranges', 'b'], undefined],
  ])('%s', (_case, rawHeaders, repeated) => {
    expect(repeatedHeader(rawHeaders)).toBe(repeated);
  });
});
