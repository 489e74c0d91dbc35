import { describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Answer } from '../support/receiver.js';

// Beside the crashes because a limit of the address holds all that others send: these tests have the system to themselves.

/** Between two requests of one process the clock is the same; only our own rounding is let off. */
const ROUNDING_MS = 5;

async function connected(api: Api, product: 'slack' | 'discord', projectId: string): Promise<Channel> {
  const channel = Channel.fresh(product);
  await channel.connect(api, { projectId });
  return channel;
}

const receivedAt = async (channel: Channel): Promise<number[]> =>
  (await channel.state()).items.map((item) => Date.parse(item.receivedAt));

describe.each(['slack', 'discord'] as const)('%s', (product) => {
  it('that limits the address is not called for another channel either, until the limit is over', async () => {
    const api = await Api.signIn();
    const [mine, other] = [await api.project('One'), await api.project('Two')];
    const [limited, free] = [await connected(api, product, mine.id), await connected(api, product, other.id)];
    await limited.behave({ mode: 'address-limited', retryAfterSeconds: 4, times: 1 });
    await api.release(mine.id, '1.0');
    await eventually(async () => expect((await limited.state()).refused).toBe(1), { everyMs: 5 });
    const refusedBy = Date.now();
    await api.release(other.id, '1.0');
    await eventually(async () => expect((await free.state()).received).toBe(1));
    const [at] = await receivedAt(free);
    expect(at! - refusedBy).toBeGreaterThan(4_000 - 1_000 - ROUNDING_MS); // it was refused up to a look of the test earlier
    await eventually(async () => expect((await limited.state()).received).toBe(1));
    const deliveries = await eventually(async () => {
      const found = await api.deliveries();
      expect(found.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
      return found;
    });
    expect(deliveries.map(({ attemptCount }) => attemptCount).toSorted()).toEqual([1, 2]);
  });

  it('that limits one webhook is called for the others meanwhile', async () => {
    const api = await Api.signIn();
    const [mine, other] = [await api.project('One'), await api.project('Two')];
    const [limited, free] = [await connected(api, product, mine.id), await connected(api, product, other.id)];
    await limited.behave({ mode: 'rate-limited', retryAfterSeconds: 30, times: 1 });
    await api.release(mine.id, '1.0');
    await eventually(async () => expect((await limited.state()).refused).toBe(1));
    await api.release(other.id, '1.0');
    await eventually(async () => expect((await free.state()).received).toBe(1));
    expect((await limited.state()).received).toBe(0);
  });
});

it('a receiver that several integrations share is called for none of them until its limit is over, and for others on', async () => {
  const api = await Api.signIn();
  const [mine, other] = [await api.project('One'), await api.project('Two')];
  let limited = true;
  const answer: Answer = ({ path }, response) => {
    if (path !== '/shared' || !limited) return 200;
    limited = false;
    response.writeHead(429, { 'retry-after': '2' }).end();
  };
  const at = await startReceiver(answer);
  await api.webhook(`${at.url}/shared`, { projectId: mine.id });
  await api.webhook(`${at.url}/shared`, { projectId: other.id });
  await api.webhook(`${at.url}/own`, { projectId: other.id });
  await api.release(mine.id, '1.0');
  await eventually(() => expect(at.received).toHaveLength(1), { everyMs: 5 });
  await api.release(other.id, '1.0');
  await eventually(() => expect(at.received).toHaveLength(4));
  const [first, own, ...shared] = at.received;
  expect([first!.path, own!.path, ...shared.map(({ path }) => path)]).toEqual([
    '/shared',
    '/own',
    '/shared',
    '/shared',
  ]);
  for (const one of shared) expect(one.at - first!.at).toBeGreaterThanOrEqual(2_000 - ROUNDING_MS);
  await at.close();
});
