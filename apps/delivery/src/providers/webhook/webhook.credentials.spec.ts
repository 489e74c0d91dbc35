import { describe, expect, it } from 'vitest';
import { readWebhookCredentials, secretsOf } from './webhook.credentials.js';

const url = 'https://hooks.example/in';

describe('webhook credentials', () => {
  it.each<[unknown, unknown]>([
    [{ url }, { url, authorization: null }],
    [
      { url, authorization: null },
      { url, authorization: null },
    ],
    [
      { url, authorization: 'Bearer abc', concurrency: 4 },
      { url, authorization: 'Bearer abc' },
    ],
    [{ url, authorization: '' }, null],
    [{ url, authorization: 'Bearer a\r\nX-Injected: 1' }, null],
    [{ url, authorization: 7 }, null],
    [{ url: 'hooks.example' }, null],
    [{}, null],
    [null, null],
    ['https://hooks.example', null],
  ])('%j reads as %j', (value, read) => expect(readWebhookCredentials(value)).toEqual(read));
});

describe('the secrets of webhook credentials', () => {
  it.each<[string, string | null, string[]]>([
    ['https://hooks.example', null, []],
    ['https://hooks.example/in', null, ['/in']],
    ['https://hooks.example/webhooks/a1b2c3d4', null, ['/webhooks/a1b2c3d4', 'a1b2c3d4']],
    ['https://hooks.example/x?token=t0ps3cret&v=1', null, ['/x?token=t0ps3cret&v=1', 't0ps3cret', '/x']],
    ['https://hooks.example/caf%C3%A9-au-lait', null, ['/caf%C3%A9-au-lait', 'caf%C3%A9-au-lait', 'café-au-lait']],
    ['https://hooks.example/100%25-%', null, ['/100%25-%', '100%25-%']],
    [
      'https://hooks.example',
      `Basic ${Buffer.from('ada:pass-word').toString('base64')}`,
      ['Basic YWRhOnBhc3Mtd29yZA==', 'YWRhOnBhc3Mtd29yZA==', 'ada:pass-word', 'pass-word'],
    ],
    ['https://hooks.example', 'Bearer t0ken-1234', ['Bearer t0ken-1234', 't0ken-1234']],
  ])('%s with %s are %j', (url, authorization, secrets) => expect(secretsOf({ url, authorization })).toEqual(secrets));
});
