import { existsSync, readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { certificatesOf, type Pem } from '#libs/config';

export interface TlsSettings {
  /** Trusted instead of the system's authorities. */
  ca?: Pem;
  cert?: Pem;
  key?: Pem;
}

/** Where Linux distributions and macOS keep the authorities of the system, as Go looks for them. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** What a TLS connection is made with. Files are read again when they change, so a renewed certificate needs no restart. */
export class TlsIdentity {
  private context: SecureContext | undefined;
  private stamp = '';

  constructor(
    private readonly settings: TlsSettings,
    private readonly onStale: (error: Error) => void,
  ) {}

  /** For the next connection. A file that cannot be used right now leaves what was read before. @throws where there is none */
  current(): SecureContext {
    const stamp = this.stampNow();
    if (this.context && stamp === this.stamp) return this.context;
    try {
      this.context = contextOf(this.settings);
      this.stamp = stamp;
    } catch (error) {
      if (!this.context) throw error;
      this.onStale(error as Error);
    }
    return this.context;
  }

  private stampNow(): string {
    const times = Object.values(this.settings as Record<string, Pem | undefined>).map((pem) =>
      pem?.file ? statSync(pem.file, { throwIfNoEntry: false })?.mtimeMs : 0,
    );
    return times.join();
  }
}

function contextOf({ ca, cert, key }: TlsSettings): SecureContext {
  return createSecureContext({
    ca: ca ? certificatesOf(textOf(ca)) : systemAuthorities(),
    cert: cert && textOf(cert),
    key: key && textOf(key),
  });
}

const textOf = ({ text, file }: Pem): string => (file ? readFileSync(file, 'utf8') : text);

/** Node trusts Mozilla's list alone; what this system was told to trust beside it is read from where it keeps that. */
function systemAuthorities(): string[] {
  const added = process.env['NODE_EXTRA_CA_CERTS']; // Node's own variable: a list of ours would take its place
  const files = [BUNDLES.find((file) => existsSync(file)), added && existsSync(added) ? added : undefined];
  return [...rootCertificates, ...files.flatMap((file) => (file ? [readFileSync(file, 'utf8')] : []))];
}
