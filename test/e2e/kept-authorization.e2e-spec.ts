import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { Api } from './support/api.js';

interface Hook {
  id: string;
  storedSecrets: string[] | null;
}
interface Refusal {
  errors?: { field: string; message: string }[];
}

const SECRET = 'Bearer kept-secret';
let receiver: Receiver;
let elsewhere: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  elsewhere = await startReceiver();
});
afterAll(() => Promise.all([receiver.close(), elsewhere.close()]));

/** A webhook with a header, and what its next test arrives with. */
async function connected(): Promise<{
  hook: Hook;
  change: (credentials: Record<string, unknown>) => Promise<{ status: number; body: Hook & Refusal }>;
  arrives: () => Promise<{ at: string; path: string; authorization: string | undefined }>;
}> {
  const api = await Api.signIn();
  const credentials = { url: `${receiver.url}/one`, authorization: SECRET };
  const input = { provider: 'webhook', name: 'Ours', projectId: null, credentials };
  const hook = await api.must<Hook>('POST', '/integrations', input);
  return {
    hook,
    change: (fresh) => api.call('PATCH', `/integrations/${hook.id}`, { credentials: fresh }),
    arrives: async () => {
      const { deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${hook.id}/test`);
      return eventually(() => {
        for (const [at, { received }] of [
          ['here', receiver],
          ['elsewhere', elsewhere],
        ] as const) {
          const one = received.find(({ headers }) => headers['webhook-id'] === deliveryId);
          if (one) return { at, path: one.path, authorization: one.headers.authorization };
        }
        throw new Error('not there yet');
      });
    },
  };
}

describe('the Authorization header of a webhook', () => {
  it('is told to be set, and stays when the URL is edited once and again', async () => {
    const { hook, change, arrives } = await connected();
    expect(hook.storedSecrets).toEqual(['authorization']);
    for (const path of ['/two', '/three']) {
      const { status, body } = await change({ url: receiver.url + path });
      expect([status, body.storedSecrets]).toEqual([200, ['authorization']]);
      expect(await arrives()).toEqual({ at: 'here', path, authorization: SECRET });
    }
  });

  it('is replaced, and removed, while the URL stays', async () => {
    const { change, arrives } = await connected();
    expect(await change({ authorization: 'Bearer other' })).toMatchObject({
      status: 200,
      body: { storedSecrets: ['authorization'], destination: `${receiver.url}/…` },
    });
    expect(await arrives()).toEqual({ at: 'here', path: '/one', authorization: 'Bearer other' });
    await change({ url: `${receiver.url}/two` });
    expect(await arrives()).toEqual({ at: 'here', path: '/two', authorization: 'Bearer other' });
    await change({ authorization: 'Bearer third' });
    expect(await arrives()).toEqual({ at: 'here', path: '/two', authorization: 'Bearer third' });
    expect(await change({ authorization: null })).toMatchObject({ status: 200, body: { storedSecrets: [] } });
    expect(await arrives()).toEqual({ at: 'here', path: '/two', authorization: undefined });
    expect(await change({ url: `${elsewhere.url}/free` })).toMatchObject({ status: 200 });
    expect(await arrives()).toEqual({ at: 'elsewhere', path: '/free', authorization: undefined });
  });

  it('is never sent to another origin unless it is given for it', async () => {
    const { change, arrives } = await connected();
    for (const url of [elsewhere.url, receiver.url.replace('127.0.0.1', 'localhost'), 'https://127.0.0.1:9']) {
      const { status, body } = await change({ url: `${url}/take` });
      expect([status, body.errors]).toMatchObject([422, [{ field: 'credentials.authorization' }]]);
      expect(JSON.stringify(body)).not.toContain('kept-secret');
    }
    expect(await arrives()).toEqual({ at: 'here', path: '/one', authorization: SECRET });
    await change({ url: `${elsewhere.url}/mine`, authorization: 'Bearer for-elsewhere' });
    expect(await arrives()).toEqual({ at: 'elsewhere', path: '/mine', authorization: 'Bearer for-elsewhere' });
    await change({ url: `${receiver.url}/none`, authorization: null });
    expect(await arrives()).toEqual({ at: 'here', path: '/none', authorization: undefined });
    expect(elsewhere.received.filter(({ headers }) => headers.authorization === SECRET)).toEqual([]);
  });

  it('is refused where it is malformed, beside its field', async () => {
    const { change } = await connected();
    for (const [credentials, field] of [
      [{ authorization: 'a\nb' }, 'credentials.authorization'],
      [{ authorization: '' }, 'credentials.authorization'],
      [{}, 'credentials.url'],
      [{ url: null }, 'credentials.url'],
      [{ authorization: SECRET, colour: 'red' }, 'credentials.colour'],
    ] as const)
      expect(await change(credentials)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });
});
