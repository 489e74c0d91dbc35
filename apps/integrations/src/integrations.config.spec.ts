import { describe, expect, it } from 'vitest';
import { SettingsError, loadSettings } from '#libs/config';
import { generateKeyPair } from '#libs/credentials';
import { IntegrationsSettings } from './integrations.config.js';

const { publicJwk, privateJwks } = await generateKeyPair();
const REQUIRED = {
  PORT: '4002',
  DATABASE_URL: 'postgres://localhost/integrations',
  KAFKA_BROKERS: 'localhost:4092',
  CREDENTIALS_PUBLIC_KEY: JSON.stringify(publicJwk),
};

const wrong = (env: NodeJS.ProcessEnv): string[] => {
  try {
    loadSettings(IntegrationsSettings, { ...REQUIRED, ...env });
  } catch (error) {
    return (error as SettingsError).lines;
  }
  return [];
};

describe('the settings of integrations', () => {
  it('have defaults for one machine', () => {
    expect(loadSettings(IntegrationsSettings, REQUIRED)).toMatchObject({
      deliveryUrl: 'http://127.0.0.1:4003',
      outboundAllowHttp: true,
      outboundAllowedCidrs: ['127.0.0.0/8', '::1/128'],
      slackClientId: undefined,
      smtpUrl: undefined,
    });
  });

  it('open nothing in production', () => {
    const production = {
      NITROPUSH_MODE: 'production',
      AUTH_ISSUER: 'i',
      AUTH_AUDIENCE: 'a',
      AUTH_JWKS_URL: 'https://idp.example/jwks',
      ADMIN_BASE_URL: 'https://admin.example',
      DELIVERY_URL: 'http://delivery:4003',
    };
    expect(loadSettings(IntegrationsSettings, { ...REQUIRED, ...production })).toMatchObject({
      outboundAllowHttp: false,
      outboundAllowedCidrs: [],
    });
    expect(wrong({ ...production, DELIVERY_URL: undefined })).toEqual(['DELIVERY_URL: must be set in production mode']);
  });

  it('refuse a private key, and never repeat what is wrong', () => {
    const lines = wrong({
      CREDENTIALS_PUBLIC_KEY: JSON.stringify(privateJwks.keys[0]),
      OUTBOUND_ALLOWED_CIDRS: 'hunter2',
      SMTP_URL: 'hunter2',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'CREDENTIALS_PUBLIC_KEY',
      'OUTBOUND_ALLOWED_CIDRS',
      'SMTP_URL',
    ]);
    expect(lines.join('\n')).not.toContain('hunter2');
    expect(lines.join('\n')).not.toContain(privateJwks.keys[0]?.d);
  });
});
