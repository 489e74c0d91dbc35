import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';

const REVOKED = {
  slack: { code: 'credentials_revoked', error: /Reconnect to get a new one\.$/ },
  discord: { code: 'destination_missing', error: /Reconnect to get a new one\.$/ },
  teams: { code: 'destination_missing', error: /turned off or was deleted.*save the URL of another\.$/ },
};

// Beside the crashes because of their ladder: a whole round is over in seconds.
describe.each(['slack', 'discord', 'teams'] as const)('a %s webhook that is revoked', (product) => {
  it('shows what was tried and needs to be reconnected; then all that died is delivered, in order', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh(product);
    const id = await channel.connect(api);
    await channel.behave({ mode: 'revoked' });
    await api.release(project.id, '1.0');
    await eventually(async () =>
      expect(await api.integration(id)).toMatchObject({
        health: 'needs_reconnect',
        counts: { dead: 1 },
        enabled: true,
      }),
    );
    const refused = (await channel.state()).refused;
    expect(refused).toBe(3);

    for (const version of ['1.1', '1.2', '1.3']) await api.release(project.id, version);
    await eventually(async () => expect((await api.integration(id)).counts?.dead).toBe(4));
    expect((await channel.state()).refused).toBe(refused); // not called again
    const [first] = (await api.deliveries({ integrationId: id })).toReversed();
    const { attempts } = await api.delivery(first!.id);
    expect(attempts.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual(
      Array.from({ length: 3 }, () => ['failed', REVOKED[product].code]),
    );
    expect(attempts[0]!.error).toMatch(REVOKED[product].error);

    expect(await channel.connect(api, { projectId: null, integrationId: id })).toBe(id);
    await eventually(async () =>
      expect(await channel.titles()).toEqual(
        ['1.0', '1.1', '1.2', '1.3'].map((version) => `NitroPush iOS ${version} released to prod`),
      ),
    );
    await eventually(async () =>
      expect(await api.integration(id)).toMatchObject({ health: 'healthy', counts: { dead: 0, pending: 0 } }),
    );
  });
});

it('Slack that asks for patience gets it: what comes behind waits, and spends no attempt', async () => {
  const api = await Api.signIn();
  const project = await api.project();
  const channel = Channel.fresh('slack');
  const id = await channel.connect(api);
  await channel.behave({ mode: 'rate-limited', retryAfterSeconds: 2, times: 1 });
  for (const version of ['1.0', '1.1', '1.2']) await api.release(project.id, version);
  await eventually(async () => expect((await channel.state()).received).toBe(3));
  expect((await channel.state()).refused).toBe(1);
  await eventually(async () => {
    const deliveries = await api.deliveries({ integrationId: id });
    expect(deliveries.map(({ attemptCount }) => attemptCount).toSorted()).toEqual([1, 1, 2]);
  });
});
