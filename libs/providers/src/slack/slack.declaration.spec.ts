import { describe, expect, it } from 'vitest';
import type { Granted, OAuthSetup } from '../declaration.js';
import { SLACK } from './slack.declaration.js';

/** As Slack answers to a code. */
const slackAnswer = (origin: string, more: Record<string, unknown>): Record<string, unknown> => ({
  ok: true,
  team: { id: 'T1', name: 'Acme' },
  incoming_webhook: {
    channel: '#ios-releases',
    channel_id: 'C1',
    url: `${origin}/services/T1/B1/slack-webhook-secret`,
  },
  ...more,
});
const read = (base: string, hooks: string, more: Record<string, unknown> = {}) =>
  (SLACK.setup as OAuthSetup).read(slackAnswer(hooks, more), base);
const grantedBy = (...answer: Parameters<typeof read>) => read(...answer) as Granted;

describe('a Slack webhook', () => {
  it.each([
    ['https://slack.com', 'https://hooks.slack.com'],
    ['https://slack-gov.com', 'https://hooks.slack-gov.com'],
    ['https://slack.com', 'https://hooks.slack-gov.com'],
  ])('of %s may be at %s', (base, hooks) => {
    expect(grantedBy(base, hooks).credentials.plain).toEqual({ url: `${hooks}/services/T1/B1/slack-webhook-secret` });
  });

  it.each([
    ['https://slack-gov.com', 'https://hooks.slack-gov.com.evil.example'],
    ['https://slack-gov.com', 'https://slack-gov.com'],
    ['https://slack-gov.com', 'http://hooks.slack-gov.com'],
    ['https://slack.proxy.example', 'https://hooks.slack-gov.com'],
  ])('of %s is not at %s', (base, hooks) => {
    expect(read(base, hooks)).toEqual({ fault: 'address_forbidden' });
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{}, 'Acme · #ios-releases', 'slack:T1:C1'],
    [{ team: null, enterprise: { id: 'E1', name: 'Acme Corp' } }, 'Acme Corp · #ios-releases', 'slack:E1:C1'],
    [{ enterprise: { id: 'E1', name: 'Acme Corp' } }, 'Acme · #ios-releases', 'slack:T1:C1'],
    [{ team: null, enterprise: null }, 'Slack · #ios-releases', 'slack:undefined:C1'],
  ])('given with %j is labelled %s', (more, destination, target) => {
    const granted = grantedBy('https://slack.com', 'https://hooks.slack.com', more);
    expect([granted.credentials.destination, granted.target]).toEqual([destination, target]);
  });
});
