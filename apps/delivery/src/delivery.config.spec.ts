import { describe, expect, it } from 'vitest';
import { SettingsError, loadSettings } from '#libs/config';
import { generateKeyPair } from '#libs/credentials';
import { DeliverySettings } from './delivery.config.js';

const REQUIRED = {
  PORT: '4003',
  DATABASE_URL: 'postgres://localhost/delivery',
  KAFKA_BROKERS: 'localhost:4092',
  CREDENTIALS_PRIVATE_KEYS: JSON.stringify((await generateKeyPair()).privateJwks),
};

describe('the settings of delivery', () => {
  it('climb from 5 to 80 seconds by default', () => {
    const { retryDelays } = loadSettings(DeliverySettings, REQUIRED);
    expect(retryDelays.map(({ ms }) => ms)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000]);
    expect(retryDelays.map(({ label }) => label)).toEqual(['5s', '10s', '20s', '40s', '80s']);
  });

  it.each([',', '5s,5s', '5s,soon'])('refuse %s as a ladder', (value) => {
    expect(() => loadSettings(DeliverySettings, { ...REQUIRED, DELIVERY_RETRY_DELAYS: value })).toThrow(
      /^DELIVERY_RETRY_DELAYS: must be/,
    );
  });

  it('allow loopback and plain HTTP, and point to the sandbox, in local mode only', () => {
    const production = {
      ...REQUIRED,
      NITROPUSH_MODE: 'production',
      AUTH_ISSUER: 'i',
      AUTH_AUDIENCE: 'a',
      AUTH_JWKS_URL: 'https://idp.example/jwks',
      ADMIN_BASE_URL: 'https://admin.example',
    };
    expect(loadSettings(DeliverySettings, REQUIRED)).toMatchObject({
      outboundAllowHttp: true,
      outboundAllowedCidrs: ['127.0.0.0/8', '::1/128'],
      slackBaseUrl: 'http://localhost:4100/slack',
      discordBaseUrl: 'http://localhost:4100/discord',
    });
    expect(loadSettings(DeliverySettings, production)).toMatchObject({
      outboundAllowHttp: false,
      outboundAllowedCidrs: [],
      slackBaseUrl: 'https://slack.com',
      discordBaseUrl: 'https://discord.com',
    });
  });

  it('need a sender where there is a mail server', () => {
    const withServer = { ...REQUIRED, SMTP_URL: 'smtps://u:s3cret@mail.example.com' };
    expect(() => loadSettings(DeliverySettings, withServer)).toThrow(/^EMAIL_FROM: must be set where SMTP_URL is$/);
    const { mailServer, mailSender } = loadSettings(DeliverySettings, { ...withServer, EMAIL_FROM: 'a@example.com' });
    expect([mailServer?.host, mailSender?.address]).toEqual(['mail.example.com', 'a@example.com']);
    expect(loadSettings(DeliverySettings, REQUIRED)).toMatchObject({ mailServer: undefined, mailSender: undefined });
  });

  it.each(['10.0.0.0', 'everything', '10.0.0.0/8,300.0.0.0/8'])('refuse the address ranges %s', (ranges) => {
    expect(() => loadSettings(DeliverySettings, { ...REQUIRED, OUTBOUND_ALLOWED_CIDRS: ranges })).toThrow(
      SettingsError,
    );
  });

  it.each(['5', '5s,x', '5s,,-1s'])('refuse the delays %s', (delays) => {
    expect(() => loadSettings(DeliverySettings, { ...REQUIRED, DELIVERY_RETRY_DELAYS: delays })).toThrow(SettingsError);
  });
});
