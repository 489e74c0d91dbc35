import { describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import type { Problem } from '#libs/problems';
import { PROVIDERS } from '#libs/providers';
import { ProviderList } from './provider-list.js';

const outbound = {
  rules: new AddressRules({ allowHttp: false, allowedCidrs: [] }),
  resolve: () => Promise.resolve([]),
};
const bases = { slackBaseUrl: 'https://slack.com', discordBaseUrl: 'https://discord.com' };
const list = new ProviderList(outbound, bases);

describe('the list of providers', () => {
  it('has a tile for each kind of destination', () => {
    expect(list.all.map(({ id }) => id)).toEqual(PROVIDERS);
    for (const id of PROVIDERS) expect(list.get(id).id).toBe(id);
  });

  it('names the settings that are missing', () => {
    const missing = (settings: Partial<ConstructorParameters<typeof ProviderList>[1]>): string[] =>
      new ProviderList(outbound, { ...bases, ...settings }).all.flatMap((provider) => provider.missing);
    expect(missing({})).toEqual([
      'SLACK_CLIENT_ID',
      'SLACK_CLIENT_SECRET',
      'DISCORD_CLIENT_ID',
      'DISCORD_CLIENT_SECRET',
      'SMTP_URL',
    ]);
    expect(missing({ slackClientId: 'a', slackClientSecret: 'b', smtpUrl: 'smtp://mail.example.com' })).toEqual([
      'DISCORD_CLIENT_ID',
      'DISCORD_CLIENT_SECRET',
    ]);
  });

  it('has a tile of email that is coming soon without a mail server, and else asks for recipients', () => {
    expect(list.get('email')).toMatchObject({ status: 'coming_soon', missing: ['SMTP_URL'] });
    const offered = new ProviderList(outbound, { ...bases, smtpUrl: 'smtp://mail.example.com' }).get('email');
    const fields = [{ name: 'recipients', label: 'Recipients', type: 'emails', required: true }];
    expect(offered).toMatchObject({ status: 'available', missing: [], setup: 'form', fields });
  });

  it('finds none for an id of a newer version, and sets none up', () => {
    for (const id of ['pigeon', 'toString', '__proto__', '']) {
      expect(list.find(id)).toBeUndefined();
      expect(() => list.form(id)).toThrow(expect.objectContaining({ status: 422 }) as Error);
    }
  });

  it('sets up by form what is offered, and names the provider where it is not', () => {
    expect(list.form('webhook').id).toBe('webhook');
    for (const id of ['slack', 'discord', 'email'] as const) {
      let refusal: Problem | undefined;
      try {
        list.form(id);
      } catch (error) {
        refusal = error as Problem;
      }
      expect(refusal).toMatchObject({ status: 422, options: { errors: [{ field: 'provider' }] } });
    }
  });
});
