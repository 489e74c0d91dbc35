import { describe, expect, it } from 'vitest';
import { EMAIL } from './email.declaration.js';

const provider = EMAIL.setup;
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `person${n}@example.com`);

describe('the recipients of email', () => {
  it.each<[string[], string[], string]>([
    [['ada@example.com'], ['ada@example.com'], 'a…@example.com'],
    [['ada@example.com', 'bob@example.org'], ['ada@example.com', 'bob@example.org'], 'a…@example.com +1'],
    [['Ada@Example.com', ' ada@example.COM '], ['ada@example.com'], 'a…@example.com'],
    [['qa+ios@mail.example.co.uk'], ['qa+ios@mail.example.co.uk'], 'q…@mail.example.co.uk'],
    [['ada@bücher.example'], ['ada@xn--bcher-kva.example'], 'a…@xn--bcher-kva.example'],
    [many(50), many(50), 'p…@example.com +49'],
  ])('%j are kept as %j and shown as %s', async (recipients, plain, destination) => {
    expect(await provider.check({ recipients })).toEqual({
      kind: 'ok',
      credentials: { plain: { recipients: plain }, destination },
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['one text', 'ada@example.com'],
    ['an empty list', []],
    ['51 addresses', many(51)],
    ['a number', [7]],
    ['a list in the list', [['ada@example.com']]],
    ['no address', ['ada']],
    ['no host name', ['ada@']],
    ['a host name of one word', ['ada@localhost']],
    ['an IP address', ['ada@[127.0.0.1]']],
    ['two @', ['ada@example.com@example.org']],
    ['two addresses in one', ['ada@example.com,bob@example.com']],
    ['a display name', ['Ada <ada@example.com>']],
    ['angle brackets', ['<ada@example.com>']],
    ['a comment', ['ada(work)@example.com']],
    ['quotes', ['"ada lovelace"@example.com']],
    ['a group', ['team:ada@example.com;']],
    ['a second header', ['ada@example.com\r\nBcc: eve@example.com']],
    ['a line feed in it', ['ada\n@example.com']],
    ['a NUL', ['ada\u0000@example.com']],
    ['a parameter of SMTP', ['ada@example.com> SIZE=1']],
    ['letters beyond ASCII before the @', ['ädä@example.com']],
    ['a text direction mark', ['ada@example\u202e.com']],
    ['65 letters before the @', [`${'a'.repeat(65)}@example.com`]],
    ['a host name that is too long', [`a@${'b'.repeat(60)}.${'c'.repeat(250)}.com`]],
    ['a good one and a bad one', ['ada@example.com', 'bob@']],
  ])('%s is malformed, and the sentence does not repeat it', async (_, recipients) => {
    const check = await provider.check({ recipients });
    expect(check).toMatchObject({
      kind: 'invalid',
      errors: [{ field: 'recipients', message: expect.stringMatching(/^must/) as string }],
    });
    expect(JSON.stringify(check)).not.toMatch(/eve|bob|ädä/);
  });

  it('names an unknown field', async () => {
    expect(await provider.check({ recipients: ['ada@example.com'], subject: 'x' })).toMatchObject({
      kind: 'invalid',
      errors: [{ field: 'subject' }],
    });
  });
});
