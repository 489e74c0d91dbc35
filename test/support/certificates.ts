import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** PEM of both. */
export interface IssuedCertificate {
  cert: string;
  key: string;
}

export interface CertificateWish {
  name: string;
  dns?: string[];
  addresses?: string[];
  /** Valid for a day from now where it is left out. */
  notAfter?: Date;
}

export interface TestAuthority {
  /** What whoever trusts it is given. */
  cert: string;
  issue: (wish: CertificateWish) => Promise<IssuedCertificate>;
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate authority of a test's own. */
export async function makeAuthority(name: string): Promise<TestAuthority> {
  const keys = await newKeys();
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 2 * DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    signingAlgorithm: EC,
    keys,
    extensions: [new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  });
  const issue = async (wish: CertificateWish): Promise<IssuedCertificate> => {
    const own = await newKeys();
    const cert = await X509CertificateGenerator.create({
      subject: `CN=${wish.name}`,
      issuer: root.subject,
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: wish.notAfter ?? new Date(Date.now() + DAY_MS),
      signingAlgorithm: EC,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new SubjectAlternativeNameExtension([
          ...(wish.dns ?? []).map((value) => ({ type: 'dns' as const, value })),
          ...(wish.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
        ]),
      ],
    });
    return { cert: cert.toString('pem'), key: await pemOf(own.privateKey) };
  };
  return { cert: root.toString('pem'), issue };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
