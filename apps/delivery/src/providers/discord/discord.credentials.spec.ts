import { describe, expect, it } from 'vitest';
import { discordAddress, readDiscordCredentials } from './discord.credentials.js';

const id = '1234567890123456789';
const token = 'aB3_-xyz';

describe('Discord credentials', () => {
  it.each<[unknown, unknown]>([
    [
      { id, token },
      { id, token },
    ],
    [
      { id, token, url: 'https://evil.example' },
      { id, token },
    ],
    [{ id: Number(id), token }, null],
    [{ id: '12a', token }, null],
    [{ id: '../../users', token }, null],
    [{ id: '', token }, null],
    [{ id: '123456789012345678901', token }, null],
    [{ id, token: '../messages' }, null],
    [{ id, token: '..' }, null],
    [{ id, token: 'a?thread_id=1' }, null],
    [{ id, token: 'a\n' }, null],
    [{ id, token: '' }, null],
    [{ id, token: 7 }, null],
    [{ id }, null],
    [null, null],
    ['text', null],
  ])('%j reads as %j', (value, read) => expect(readDiscordCredentials(value)).toEqual(read));
});

describe('the address of a Discord webhook', () => {
  it.each([
    ['https://discord.com', `https://discord.com/api/v10/webhooks/${id}/${token}?wait=true`],
    ['http://localhost:4100/discord', `http://localhost:4100/discord/api/v10/webhooks/${id}/${token}?wait=true`],
  ])('below %s is %s', (base, address) => expect(discordAddress(base, { id, token })).toBe(address));
});
