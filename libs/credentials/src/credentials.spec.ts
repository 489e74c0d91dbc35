import { describe, expect, it } from 'vitest';
import {
  CannotOpen,
  Opener,
  Sealer,
  generateKeyPair,
  privateKeysSetting,
  publicKeySetting,
  type SealContext,
} from './index.js';

const context: SealContext = { organizationId: 'acme', integrationId: 'i1', purpose: 'credentials', version: 3 };
const secret = { url: 'https://hooks.example.com/T000/B000/xyz' };

async function pair(): Promise<{ sealer: Sealer; opener: Opener; keys: Awaited<ReturnType<typeof generateKeyPair>> }> {
  const keys = await generateKeyPair();
  return { sealer: await Sealer.fromJwk(keys.publicJwk), opener: await Opener.fromJwks(keys.privateJwks), keys };
}

describe('a sealed value', () => {
  it('opens for what it was sealed for', async () => {
    const { sealer, opener } = await pair();
    const sealed = await sealer.seal(context, secret);
    expect(JSON.stringify(sealed)).not.toContain('T000');
    expect(await opener.open(context, sealed)).toEqual(secret);
  });

  it.each<Partial<SealContext>>([
    { organizationId: 'other' },
    { integrationId: 'i2' },
    { purpose: 'signing-secret' },
    { version: 4 },
  ])('does not open for %o', async (change) => {
    const { sealer, opener } = await pair();
    const sealed = await sealer.seal(context, secret);
    await expect(opener.open({ ...context, ...change }, sealed)).rejects.toMatchObject({ code: 'not-authentic' });
  });

  it('does not open when altered', async () => {
    const { sealer, opener } = await pair();
    const sealed = await sealer.seal(context, secret);
    const flipped = sealed.ciphertext.startsWith('A') ? 'B' : 'A';
    await expect(opener.open(context, { ...sealed, ciphertext: flipped + sealed.ciphertext.slice(1) })).rejects.toThrow(
      CannotOpen,
    );
  });

  it('brings no authenticated data of its own', async () => {
    const { sealer, opener } = await pair();
    const other = { ...context, integrationId: 'i2' };
    const aad = Buffer.from(JSON.stringify(['nitropush', 'credentials', 'acme', 'i2', 3])).toString('base64url');
    const forged = { ...(await sealer.seal(other, secret)), aad, header: { kid: 'x' } };
    await expect(opener.open(context, forged)).rejects.toMatchObject({ code: 'not-authentic' });
    expect(await opener.open(other, forged)).toEqual(secret);
  });

  it('opens under any of several keys, and says so when its own is not there', async () => {
    const [a, b] = [await pair(), await pair()];
    const both = await Opener.fromJwks({ keys: [...a.keys.privateJwks.keys, ...b.keys.privateJwks.keys] });
    const sealed = await a.sealer.seal(context, secret);
    expect(await both.open(context, sealed)).toEqual(secret);
    await expect(b.opener.open(context, sealed)).rejects.toMatchObject({ code: 'unknown-key' });
  });
});

describe('the key settings', () => {
  it('take what they are meant for and nothing else', async () => {
    const { publicJwk, privateJwks } = (await pair()).keys;
    expect(publicKeySetting(JSON.stringify(publicJwk))).toEqual(publicJwk);
    expect(privateKeysSetting(JSON.stringify(privateJwks))).toEqual(privateJwks);
    expect(() => publicKeySetting(JSON.stringify(privateJwks.keys[0]))).toThrow('public key alone');
    expect(() => privateKeysSetting(JSON.stringify({ keys: [publicJwk] }))).toThrow('private');
    expect(() => publicKeySetting('{"kty":"oct"}')).toThrow('P-256');
    expect(() => publicKeySetting('/no/such/file')).toThrow('readable file');
  });
});
