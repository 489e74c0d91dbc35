import { describe, expect, it } from 'vitest';
import { portsFrom } from '../stack/ports.js';
import { SERVICES, serviceEnv, type ServiceName } from './service-env.js';

const envOf = (service: ServiceName, given: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv =>
  serviceEnv(service, {
    ports: portsFrom(4000),
    secrets: {
      credentialsPublicKey: 'made/public',
      credentialsPrivateKeys: 'made/private',
      authSigningKey: 'made/signing',
      superuserPassword: 'made',
      passwords: { releases: 'r', integrations: 'i', delivery: 'd' },
    },
    databaseUrls: { releases: 'postgres://r', integrations: 'postgres://i', delivery: 'postgres://d' },
    brokers: '127.0.0.1:4092',
    given,
  });

const SECRETS = {
  CREDENTIALS_PUBLIC_KEY: 'integrations',
  CREDENTIALS_PRIVATE_KEYS: 'delivery',
  AUTH_LOCAL_SIGNING_KEY: 'gateway',
};

describe('the environment of a service', () => {
  it.each(Object.entries(SECRETS))('%s is given to %s alone, whichever way it was made', (name, owner) => {
    for (const given of [{}, { [name]: 'the user’s' }]) {
      const holders = SERVICES.filter((service) => envOf(service, given)[name] !== undefined);
      expect(holders).toEqual([owner]);
    }
    expect(envOf(owner as ServiceName, { [name]: 'the user’s' })[name]).toBe('the user’s');
  });

  it('has a database of its own, and the port that follows the gateway’s', () => {
    const given = { DATABASE_URL: 'postgres://administrator', PORT: '1' };
    const seen = SERVICES.map((service) => [envOf(service, given)['PORT'], envOf(service, given)['DATABASE_URL']]);
    expect(seen).toEqual([
      ['4001', 'postgres://r'],
      ['4002', 'postgres://i'],
      ['4003', 'postgres://d'],
      ['4000', undefined],
      ['4100', undefined],
    ]);
  });

  it('reaches its neighbours where they are, or where the user says', () => {
    expect(envOf('gateway')['RELEASES_URL']).toBe('http://127.0.0.1:4001');
    expect(envOf('gateway', { RELEASES_URL: 'http://balancer' })['RELEASES_URL']).toBe('http://balancer');
  });

  it('takes what the user set, and reads an empty setting as none', () => {
    const given = { ADMIN_BASE_URL: 'https://admin.example', DELIVERY_TIMEOUT: '2s', AUTH_JWKS_URL: '' };
    expect(envOf('delivery', given)).toMatchObject({
      ADMIN_BASE_URL: 'https://admin.example',
      DELIVERY_TIMEOUT: '2s',
      AUTH_JWKS_URL: 'http://127.0.0.1:4000/.well-known/jwks.json',
    });
  });

  it('opens no range where the user set none', () => {
    expect(envOf('delivery', { OUTBOUND_ALLOWED_CIDRS: '' })).toHaveProperty('OUTBOUND_ALLOWED_CIDRS', '');
    expect(envOf('delivery')).not.toHaveProperty('OUTBOUND_ALLOWED_CIDRS');
  });

  it('signs no tokens where there is an identity provider', () => {
    expect(envOf('gateway', { AUTH_JWKS_URL: 'https://id.example/jwks' })['AUTH_LOCAL_SIGNING_KEY']).toBeUndefined();
  });

  it('leaves production to name what it misses', () => {
    for (const service of SERVICES) {
      const env = envOf(service, { NITROPUSH_MODE: 'production' });
      for (const name of [...Object.keys(SECRETS), 'ADMIN_BASE_URL', 'AUTH_JWKS_URL'])
        expect(env).not.toHaveProperty(name);
    }
  });

  it('points to the sandbox, and to the provider itself where the user has an app there', () => {
    expect(envOf('integrations')).toMatchObject({
      SLACK_BASE_URL: 'http://localhost:4100/slack',
      DISCORD_BASE_URL: 'http://localhost:4100/discord',
      SLACK_CLIENT_SECRET: 'sandbox-slack-secret',
      SMTP_URL: 'smtp://127.0.0.1:4125',
    });
    expect(envOf('sandbox')['SMTP_PORT']).toBe('4125');
    const own = envOf('integrations', { SLACK_CLIENT_ID: 'mine', SLACK_CLIENT_SECRET: 'mine too' });
    expect(own).toMatchObject({ SLACK_BASE_URL: 'https://slack.com', SLACK_CLIENT_SECRET: 'mine too' });
    expect(own['DISCORD_BASE_URL']).toBe('http://localhost:4100/discord');
    expect(envOf('integrations', { SLACK_CLIENT_ID: 'mine' })['SLACK_CLIENT_SECRET']).toBeUndefined();
    const other = envOf('delivery', { SLACK_BASE_URL: 'http://localhost:9999', SLACK_CLIENT_ID: 'mine' });
    expect(other['SLACK_BASE_URL']).toBe('http://localhost:9999');
    expect(envOf('integrations', { NITROPUSH_MODE: 'production' })['SLACK_BASE_URL']).toBeUndefined();
  });
});
