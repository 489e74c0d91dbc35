import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Certificates or a key as they were at the start, and the file that they are read from again: it may be renewed. */
export interface Pem {
  text: string;
  file?: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Each certificate of a PEM text. @throws where there is none, or one cannot be read */
export function certificatesOf(text: string): string[] {
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw new Error('no certificate');
  for (const one of found) new X509Certificate(one);
  return found;
}

/** Certificates in PEM, inline or the path of a file. */
export const certificatesSetting = (value: string): Pem => pem(value, certificatesOf, 'one or more certificates');

/** A private key in PEM, inline or the path of a file. */
export const privateKeySetting = (value: string): Pem =>
  pem(value, createPrivateKey, 'a private key without a passphrase');

function pem(value: string, check: (text: string) => unknown, what: string): Pem {
  try {
    const inline = value.startsWith('-----BEGIN');
    const text = inline ? value.replaceAll('\\n', '\n') : readFileSync(value, 'utf8');
    check(text);
    return inline ? { text } : { text, file: value };
  } catch {
    throw new Error(`must be ${what} in PEM, or the path of a readable file with that`);
  }
}
