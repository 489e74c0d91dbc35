import { describe, expect, it } from 'vitest';
import { isSlackWebhook, readSlackCredentials } from './slack.credentials.js';

const REAL = 'https://slack.com';
const GOV = 'https://slack-gov.com';
const LOCAL = 'http://localhost:4100/slack';
const PROXY = 'https://slack.proxy.example/v1';

describe('the address of a Slack webhook', () => {
  it.each<[string, string, boolean]>([
    [REAL, 'https://hooks.slack.com/services/T1/B1/x', true],
    [REAL, 'https://HOOKS.slack.com:443/services/T1/B1/x', true],
    [REAL, 'http://hooks.slack.com/services/T1/B1/x', false],
    [REAL, 'https://hooks.slack.com:8443/services/T1/B1/x', false],
    [REAL, 'https://slack.com/services/T1/B1/x', false],
    [REAL, 'https://hooks.slack.com.evil.example/services/T1/B1/x', false],
    [REAL, 'https://hooks.slack.com@evil.example/', false],
    [REAL, 'https://evil.example/hooks.slack.com', false],
    [REAL, 'https://user:pass@hooks.slack.com/services/T1/B1/x', false],
    [REAL, 'https://evil.example\\@hooks.slack.com/', false],
    [REAL, 'https://hooks.slack-gov.com/services/T1/B1/x', true],
    [GOV, 'https://hooks.slack-gov.com/services/T1/B1/x', true],
    [GOV, 'https://hooks.slack-gov.com.evil.example/services/T1/B1/x', false],
    [GOV, 'https://slack-gov.com/services/T1/B1/x', false],
    [LOCAL, 'https://hooks.slack-gov.com/services/T1/B1/x', false],
    [LOCAL, 'http://localhost:4100/slack/services/T1/B1/x', true],
    [LOCAL, 'http://localhost:4101/slack/services/T1/B1/x', false],
    [LOCAL, 'http://127.0.0.1:4100/slack/services/T1/B1/x', false],
    [LOCAL, 'https://hooks.slack.com/services/T1/B1/x', false],
    [PROXY, 'https://slack.proxy.example/services/T1/B1/x', true],
    [PROXY, 'https://hooks.slack.com/services/T1/B1/x', false],
    [REAL, 'hooks.slack.com/services/T1/B1/x', false],
    [REAL, '', false],
  ])('where Slack is at %s, %s: %s', (baseUrl, address, right) =>
    expect(isSlackWebhook(address, { baseUrl, httpsOnly: false })).toBe(right),
  );

  it('has TLS in production, whatever the base is', () => {
    const address = 'http://localhost:4100/slack/services/T1/B1/x';
    expect(isSlackWebhook(address, { baseUrl: LOCAL, httpsOnly: true })).toBe(false);
    expect(isSlackWebhook('https://hooks.slack.com/x', { baseUrl: REAL, httpsOnly: true })).toBe(true);
  });
});

describe('Slack credentials', () => {
  const url = 'https://hooks.slack.com/services/T1/B1/x';
  it.each<[unknown, unknown]>([
    [{ url }, { url }],
    [{ url, access_token: 'xoxb' }, { url }],
    [{ url: 7 }, null],
    [{ url: 'https://evil.example/' }, null],
    [{}, null],
    [null, null],
    [url, null],
  ])('%j reads as %j', (value, read) =>
    expect(readSlackCredentials(value, { baseUrl: REAL, httpsOnly: true })).toEqual(read),
  );
});
