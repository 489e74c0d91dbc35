import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { Opener, Sealer, generateKeyPair, kidOf } from '#libs/credentials';
import { eventually } from '../../../../test/support/eventually.js';
import { IntegrationEntity } from '../integrations/integration.entity.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import { KeyRotation, type RotationResult } from './key-rotation.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
let next: { sealer: Sealer; opener: Opener };
beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
  const { publicJwk, privateJwks } = await generateKeyPair();
  next = { sealer: await Sealer.fromJwk(publicJwk), opener: await Opener.fromJwks(privateJwks) };
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const NEVER = new AbortController().signal;
const rotate = (stop = NEVER, opener = api.opener): Promise<RotationResult> =>
  new KeyRotation({ dataSource: api.dataSource, opener, sealer: next.sealer }).run(stop);
const entity = (id: string): Promise<IntegrationEntity> =>
  api.dataSource.manager.findOneByOrFail(IntegrationEntity, { id });

async function connected(url: string): Promise<string> {
  const { body } = await api.call(uuidv7(), 'POST /integrations', { body: buildWebhook({ credentials: { url } }) });
  return String(body['id']);
}

describe('a rotation of the key', () => {
  it('seals everything again beside the running service, which tells the others; the credentials stay the same', async () => {
    const [one, other] = [await connected('http://127.0.0.1:9/one'), await connected('http://127.0.0.1:9/other')];
    const before = await entity(one);
    expect(await rotate()).toMatchObject({ sealedAnew: 2, unopened: [] });

    const {
      id: integrationId,
      organizationId,
      credentials,
      credentialsVersion,
      signingSecrets,
      version,
    } = await entity(one);
    expect([credentialsVersion, version]).toEqual([before.credentialsVersion, before.version + 1]);
    const context = { organizationId, integrationId };
    expect(
      await next.opener.open({ ...context, purpose: 'credentials', version: credentialsVersion }, credentials),
    ).toMatchObject({ url: 'http://127.0.0.1:9/one' });
    const secret = { ...context, purpose: 'signing-secret', version: signingSecrets[0]!.version } as const;
    expect(await next.opener.open(secret, signingSecrets[0]!.sealed)).toBe(
      await api.opener.open(secret, before.signingSecrets[0]!.sealed),
    );
    await eventually(async () => expect(await api.dataSource.query('SELECT 1 FROM outbox')).toEqual([]));
    expect(kidOf((await entity(other)).credentials)).toBe(next.sealer.kid);

    expect(await rotate()).toMatchObject({ sealedAnew: 0, unopened: [] }); // nothing is left to do
  });

  it('seals again what is kept of credentials', async () => {
    const [organizationId, credentials] = [uuidv7(), { url: 'http://127.0.0.1:9/old', authorization: 'Bearer kept' }];
    const { body } = await api.call(organizationId, 'POST /integrations', { body: buildWebhook({ credentials }) });
    const id = String(body['id']);
    const change = { credentials: { url: 'http://127.0.0.1:9/new' } };
    expect(await api.call(organizationId, `PATCH /integrations/${id}`, { body: change })).toMatchObject({
      status: 200,
    });
    expect(await rotate()).toMatchObject({ sealedAnew: 1, unopened: [] });
    const kept = (await entity(id)).keptCredentials!;
    const context = { organizationId, integrationId: id, purpose: 'credentials', version: kept.version } as const;
    expect(kept).toMatchObject({ version: 1, field: 'authorization' });
    expect(await next.opener.open(context, kept.sealed)).toEqual(credentials);
    expect(await rotate()).toMatchObject({ sealedAnew: 0 });
  });

  it('goes on where it was stopped', async () => {
    const ids = [await connected('http://127.0.0.1:9/a'), await connected('http://127.0.0.1:9/b')];
    const stopped = new AbortController();
    stopped.abort();
    expect(await rotate(stopped.signal)).toMatchObject({ sealedAnew: 0 });
    expect(await rotate()).toMatchObject({ sealedAnew: 2 });
    for (const id of ids) expect(kidOf((await entity(id)).credentials)).toBe(next.sealer.kid);
  });

  it('leaves what it cannot open as it is, and goes on with the others', async () => {
    const id = await connected('http://127.0.0.1:9/lost');
    const before = await entity(id);
    const stranger = await Opener.fromJwks((await generateKeyPair()).privateJwks);
    expect(await rotate(NEVER, stranger)).toMatchObject({ sealedAnew: 0, unopened: [id] });
    expect(await entity(id)).toEqual(before);
  });
});
