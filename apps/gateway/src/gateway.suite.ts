import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { loadSettings } from '#libs/config';
import { OpsServer, createService } from '#libs/http';
import { createLogger, createRegistry } from '#libs/observability';
import { GatewaySettings } from './gateway.config.js';
import { gatewayService } from './gateway.service.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real server that stands where a service stands, keeps what it was asked, and answers as the test at hand says. */
export class Upstream {
  readonly asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  private readonly server: Server;
  handle: Handler = (_request, response) => void response.end('{}');

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<Upstream> {
    const upstream = new Upstream();
    await new Promise<void>((resolve) => upstream.server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    this.asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    this.handle(request, response);
  }
}

/** The gateway as it runs, on a free port. */
export interface Gateway {
  app: NestExpressApplication;
  origin: string;
  /** Of probes and metrics. */
  opsOrigin: string;
}

export async function startGateway(env: Record<string, string>): Promise<Gateway> {
  const app = await createService(gatewayService, {
    name: 'gateway',
    settings: loadSettings(GatewaySettings, env),
    logger: createLogger('gateway', 'error'),
    registry: createRegistry('gateway'),
  });
  await app.listen(0, '127.0.0.1');
  const opsPort = await app.get(OpsServer).listen(0, '127.0.0.1');
  return {
    app,
    opsOrigin: `http://127.0.0.1:${opsPort}`,
    origin: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`,
  };
}

export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'k1' };
}

export const publicHalf = ({ d: _private, ...key }: JWK): JWK => ({ ...key, alg: 'ES256' });

/** A token like the identity provider's, with whatever differs. */
export async function signToken(key: JWK, claims: Record<string, unknown> = {}, expiresAt = '1h'): Promise<string> {
  return new SignJWT({ org: 'acme', role: 'owner', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid! })
    .setIssuer('nitropush-local')
    .setAudience('nitropush-notifications')
    .setSubject(String(claims['sub'] ?? 'someone'))
    .setExpirationTime(expiresAt)
    .sign(await importJWK(key, 'ES256'));
}
