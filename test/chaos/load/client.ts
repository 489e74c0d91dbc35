import { Pool } from 'undici';
import { devToken } from '../../../tools/seed/seed.js';

export interface Answer {
  /** Missing where the connection broke or nothing came in time. */
  status?: number;
  body?: unknown;
  /** Why there is no status. */
  fault?: string;
}

const ANSWER_WITHIN_MS = 20_000;
const CONNECTIONS = 64;

/** A caller of the admin API that keeps its connections, as an ingress or a browser does, and tries nothing twice. */
export class Client {
  private constructor(
    private readonly pool: Pool,
    private readonly token: string,
  ) {}

  static async signIn(gatewayUrl: string, organizationId: string): Promise<Client> {
    const pool = new Pool(gatewayUrl, {
      connections: CONNECTIONS,
      headersTimeout: ANSWER_WITHIN_MS,
      bodyTimeout: ANSWER_WITHIN_MS,
    });
    return new Client(pool, await devToken(gatewayUrl, { organizationId }));
  }

  async call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> {
    try {
      const answer = await this.pool.request({
        method,
        path: `/api/v1${path}`,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text) };
    } catch (error) {
      return { fault: String((error as NodeJS.ErrnoException).code ?? error) };
    }
  }

  /** Every item of a list. @throws where a page is not answered with a success */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body, fault } = await this.call('GET', `${path}&limit=100${cursor && `&cursor=${cursor}`}`);
      if (status !== 200) throw new Error(`GET ${path} answered ${status ?? fault}`);
      const page = body as { items: T[]; nextCursor: string | null };
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
