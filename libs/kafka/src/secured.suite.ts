import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KafkaConnection, type KafkaLogger, type KafkaSettings } from './index.js'; // before kafkajs, parts of which it replaces
import kafkajs, { type AclEntry, type Admin } from 'kafkajs';

export interface Line {
  level: string;
  text: string;
  fields: Record<string, unknown>;
}

/** A connection whose lines are kept. */
export function listened(settings: Partial<KafkaSettings> & { brokers: string[] }): {
  connection: KafkaConnection;
  lines: Line[];
} {
  const lines: Line[] = [];
  const at =
    (level: string) =>
    (fields: object, text: string): void =>
      void lines.push({ level, text, fields: fields as Record<string, unknown> });
  const logger: KafkaLogger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const defaults = { clientId: 'test', replicationFactor: 1, minInsyncReplicas: 1 };
  return { connection: new KafkaConnection({ ...defaults, ...settings }, logger), lines };
}

/** Everything is allowed to these users, and to anybody who holds a certificate of that name. */
export const allowAll = (brokers: string, users: string[]): Promise<void> =>
  asAdmin(brokers, async (admin) => void (await admin.createAcls({ acl: aclsOf(users) })));

export const forbidAll = (brokers: string, users: string[]): Promise<void> =>
  asAdmin(brokers, async (admin) => void (await admin.deleteAcls({ filters: aclsOf(users) })));

async function asAdmin(brokers: string, work: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await work(admin);
  await admin.disconnect();
}

function aclsOf(users: string[]): AclEntry[] {
  const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
  return users.flatMap((user) =>
    [AclResourceTypes.TOPIC, AclResourceTypes.GROUP].map((resourceType) => ({
      resourceType,
      resourceName: '*',
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal: `User:${user}`,
      host: '*',
      operation: AclOperationTypes.ALL,
      permissionType: AclPermissionTypes.ALLOW,
    })),
  );
}

/** A token endpoint for clients with the secret `token-secret`. */
export class TokenEndpoint {
  asked: { authorization: string | undefined; body: string }[] = [];
  /** Seconds that a token is good for. */
  lifetimeS = 3_600;
  status = 200;
  private server!: Server;

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { authorization } = request.headers;
        this.asked.push({ authorization, body });
        const [user, secret] = Buffer.from(authorization?.split(' ')[1] ?? '', 'base64')
          .toString()
          .split(':');
        const known = secret === 'token-secret' && this.status === 200;
        response.writeHead(known ? 200 : this.status === 200 ? 401 : this.status, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify(known ? this.token(user!) : { error: 'invalid_client' }));
      });
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Unsigned: the test's broker believes it. One for `nobody` has expired before it is given out. */
  private token(user: string): object {
    const now = Math.floor(Date.now() / 1_000);
    const exp = user === 'nobody' ? now - 60 : now + this.lifetimeS;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: user, iat: now - 120, exp, jti: randomUUID() };
    return {
      access_token: `${part({ alg: 'none' })}.${part(claims)}.`,
      token_type: 'Bearer',
      expires_in: this.lifetimeS,
    };
  }
}
