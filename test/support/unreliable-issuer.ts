import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

const LOCALHOST = '127.0.0.1';

/** An identity provider that goes away, comes back at the same address, answers wrongly and changes its keys. */
export class UnreliableIssuer {
  readonly url: string;
  /** How often it was asked. */
  asked = 0;
  /** What it answers with instead of its keys. */
  instead: RequestListener | undefined;
  private readonly signing = new Map<string, CryptoKey>();
  private published: JWK[] = [];

  private constructor(
    private server: Server,
    private readonly port: number,
  ) {
    this.url = `http://${LOCALHOST}:${port}/keys`;
    server.on('request', this.answer);
  }

  /** Publishes the key `first`. */
  static async start(): Promise<UnreliableIssuer> {
    const server = createServer();
    await listening(server, 0);
    const issuer = new UnreliableIssuer(server, (server.address() as AddressInfo).port);
    await issuer.publish('first');
    return issuer;
  }

  async goAway(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  async comeBack(): Promise<void> {
    this.server = createServer(this.answer);
    await listening(this.server, this.port);
  }

  /** From now on these keys and no others, each made at its first mention. */
  async publish(...ids: string[]): Promise<void> {
    this.published = await Promise.all(ids.map((kid) => this.publicKey(kid)));
  }

  /** Good for hours, and unlike any other. Keys that were never published sign, too. */
  async sign(kid: string): Promise<string> {
    if (!this.signing.has(kid)) await this.publicKey(kid);
    return new SignJWT({ org: 'acme', role: 'owner', jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer('nitropush-local')
      .setAudience('nitropush-notifications')
      .setSubject('user-1')
      .setExpirationTime('12h')
      .sign(this.signing.get(kid)!);
  }

  private readonly answer: RequestListener = (request, response) => {
    this.asked += 1;
    if (this.instead) return this.instead(request, response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: this.published }));
  };

  private readonly publicHalves = new Map<string, JWK>();

  private async publicKey(kid: string): Promise<JWK> {
    const before = this.publicHalves.get(kid);
    if (before) return before;
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const made = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
    this.signing.set(kid, privateKey);
    this.publicHalves.set(kid, made);
    return made;
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, LOCALHOST, resolve));
}
