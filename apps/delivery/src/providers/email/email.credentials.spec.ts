import { describe, expect, it } from 'vitest';
import { maskedAddress, readEmailCredentials } from './email.credentials.js';

const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `person${n}@example.com`);

describe('the credentials of email', () => {
  it.each([[['ada@example.com']], [['ada+ios@example.com', 'bob@mail.example.org']], [many(50)]])(
    '%j',
    (recipients) => {
      expect(readEmailCredentials({ recipients })).toEqual({ recipients });
    },
  );

  it('name nobody twice', () => {
    const recipients = ['ada@example.com', 'ada@example.com'];
    expect(readEmailCredentials({ recipients })).toEqual({ recipients: ['ada@example.com'] });
  });

  it.each([
    null,
    'ada@example.com',
    {},
    { recipients: 'ada@example.com' },
    { recipients: [] },
    { recipients: many(51) },
    { recipients: [7] },
    { recipients: ['Ada <ada@example.com>'] },
    { recipients: ['ada@example.com\r\nRCPT TO:<eve@example.com>'] },
    { recipients: ['ada@example.com\nBcc: eve@example.com'] },
    { recipients: ['ada@example.com', 'no address'] },
    { recipients: ['"ada\r\n"@example.com'] },
  ])('are not %j', (value) => {
    expect(readEmailCredentials(value)).toBeNull();
  });
});

it('an address is masked', () => {
  expect(maskedAddress('ada@example.com')).toBe('a…@example.com');
});
