import { beforeAll, describe, expect, it } from 'vitest';
import { uuidv7, type IntegrationState } from '#libs/contracts';
import { Opener, Sealer, generateKeyPair } from '#libs/credentials';
import { OpenCredentials } from './open-credentials.service.js';

const id = uuidv7();
const organizationId = 'acme';
let sealer: Sealer;
let credentials: OpenCredentials;
beforeAll(async () => {
  const { publicJwk, privateJwks } = await generateKeyPair();
  sealer = await Sealer.fromJwk(publicJwk);
  credentials = new OpenCredentials(await Opener.fromJwks(privateJwks));
});

const sealed = (purpose: 'credentials' | 'signing-secret', version: number, value: unknown) =>
  sealer.seal({ organizationId, integrationId: id, purpose, version }, value);
async function state(over: Partial<IntegrationState>, url: string, secret: string): Promise<IntegrationState> {
  const credentialsVersion = over.sealedVersion ?? over.credentialsVersion ?? 1;
  return {
    id,
    organizationId,
    provider: 'webhook',
    name: 'hook',
    projectId: null,
    eventTypes: [],
    environments: [],
    enabled: true,
    destination: 'x',
    concurrency: null,
    credentials: await sealed('credentials', credentialsVersion, { url }),
    credentialsVersion,
    signingSecrets: [{ sealed: await sealed('signing-secret', 1, secret), version: 1, validUntil: null }],
    version: 1,
    ...over,
  };
}

describe('opened credentials', () => {
  it('are those that were sealed last, also where they have the version of others before them', async () => {
    const before = await state({}, 'https://before.example', 'a');
    const after = await state({}, 'https://after.example', 'b');
    expect(await credentials.of(before, 0)).toEqual({
      credentials: { url: 'https://before.example' },
      signingSecrets: ['a'],
    });
    expect(await credentials.of(after, 0)).toEqual({
      credentials: { url: 'https://after.example' },
      signingSecrets: ['b'],
    });
  });

  it('open under the version that they were sealed under, where theirs has grown past it', async () => {
    const restored = await state({ credentialsVersion: 7, sealedVersion: 2 }, 'https://restored.example', 'a');
    expect((await credentials.of(restored, 0)).credentials).toEqual({ url: 'https://restored.example' });
  });

  it('do not open under another version', async () => {
    const restored = await state({ credentialsVersion: 7, sealedVersion: 2 }, 'https://restored.example', 'a');
    await expect(credentials.of({ ...restored, sealedVersion: 3 }, 0)).rejects.toThrow(
      'not sealed for this integration',
    );
  });

  it('count their overlap again where only that was changed', async () => {
    const current = await state({}, 'https://a.example', 'a');
    const [secret] = current.signingSecrets;
    const ended = { ...current, signingSecrets: [{ ...secret!, validUntil: '2026-01-01T00:00:00.000Z' }] };
    expect((await credentials.of(current, Date.parse('2026-01-02'))).signingSecrets).toEqual(['a']);
    expect((await credentials.of(ended, Date.parse('2026-01-02'))).signingSecrets).toEqual([]);
  });
});
