import { describe, expect, it } from 'vitest';
import { routeOf } from './route.js';

describe('routes', () => {
  it.each([
    ['/api/v1/projects', 'releases'],
    ['/api/v1/projects?limit=3', 'releases'],
    ['/api/v1/projects/1/releases', 'releases'],
    ['/api/v1/releases/1/promote', 'releases'],
    ['/api/v1/providers', 'integrations'],
    ['/api/v1/integrations/oauth/slack', 'integrations'],
    ['/api/v1/oauth/slack/callback?code=1', 'integrations'],
    ['/api/v1/deliveries/summary', 'delivery'],
    ['/mail/unsubscribe?token=abc_-123', 'delivery'],
    ['/mail/unsubscribe', 'delivery'],
    ['/mail/confirm?token=abc_-123', 'delivery'],
    ['/api/v1/integrations/1/recipients', 'delivery'],
    ['/api/v1/integrations/1/recipients/ask', 'delivery'],
    ['/api/v1/integrations/1/test', 'integrations'],
    ['/api/v1/integrations/recipients', 'integrations'],
    ['/api/v1/integrations/1/recipientsx', 'integrations'],
  ])('%s is for %s', (url, service) => {
    expect(routeOf(url)?.service).toBe(service);
  });

  it.each([
    '/',
    '/api/v1',
    '/api/v1/',
    '/api/v1/projectsx',
    '/api/v1/internal/projects',
    '/api/v1/auth/dev-token',
    '/api/v1/constructor',
    '/internal/health',
    '/mail',
    '/mail/unsubscribe/',
    '/mail/unsubscribe/abc',
    '/mail/unsubscribe/../../internal',
    '/mail/other?token=abc',
    '/mail/confirm/abc',
    '/api/v1/integrations/../recipients',
    '/api/v1/projects/../../../internal/health',
    '/api/v1/projects/%2e%2E/x',
    '/api/v1/projects/./x',
    'http://elsewhere/api/v1/projects',
    '//elsewhere/api/v1/projects',
  ])('%s is nobody’s', (url) => {
    expect(routeOf(url)).toBeUndefined();
  });

  it('asks no token of those who come back from a provider, confirm or unsubscribe, and of nobody else', () => {
    expect(routeOf('/api/v1/oauth/slack/callback?code=1')?.open).toBe(true);
    expect(routeOf('/mail/unsubscribe?token=abc')?.open).toBe(true);
    expect(routeOf('/mail/confirm?token=abc')?.open).toBe(true);
    expect(routeOf('/api/v1/integrations/1/recipients')?.open).toBe(false);
    expect(routeOf('/api/v1/oauth/slack')?.open).toBe(false);
    expect(routeOf('/api/v1/oauth/slack/callback/more')?.open).toBe(false);
    expect(routeOf('/api/v1/projects?x=/api/v1/oauth/slack/callback')?.open).toBe(false);
  });

  it('knows the answer that never ends', () => {
    expect(routeOf('/api/v1/deliveries/stream')?.endless).toBe(true);
    expect(routeOf('/api/v1/deliveries')?.endless).toBe(false);
  });
});
