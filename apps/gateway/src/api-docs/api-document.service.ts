import type { OpenAPIObject } from '@nestjs/swagger';
import { unavailable } from '#libs/problems';
import { SERVICES, routeOf, type ServiceName } from '../proxy/route.js';
import type { Upstreams } from '../proxy/upstreams.service.js';
import type { ServiceDocument } from './merge-openapi.js';

const WITHIN_MS = 5_000;

const isOpen = (path: string): boolean => routeOf(path)?.open ?? path.startsWith('/api/v1/auth/');

/** The document of the whole API: each service is asked once, and what they said is kept when all have answered. */
export class ApiDocument {
  private readonly parts = new Map<ServiceName, ServiceDocument>();
  private merged?: OpenAPIObject;

  constructor(
    private readonly upstreams: Upstreams,
    private readonly own: () => OpenAPIObject,
  ) {}

  /** @throws Problem 503 while a service has not answered yet */
  async whole(): Promise<OpenAPIObject> {
    if (this.merged) return this.merged;
    await Promise.all(SERVICES.filter((service) => !this.parts.has(service)).map((service) => this.ask(service)));
    const { mergeOpenApi } = await import('./merge-openapi.js'); // it loads the events' schemas, 700 modules, for a document that is seldom asked for
    const services = SERVICES.flatMap((service) => this.parts.get(service) ?? []);
    this.merged = mergeOpenApi([...services, { service: 'gateway', document: this.own() }], isOpen);
    return this.merged;
  }

  private async ask(service: ServiceName): Promise<void> {
    try {
      const { statusCode, body } = await this.upstreams.poolFor({ service, endless: false }).request({
        method: 'GET',
        path: '/openapi.json',
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      const document = (await body.json()) as OpenAPIObject;
      if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
      this.parts.set(service, { service, document });
    } catch {
      throw unavailable(`The ${service} service`);
    }
  }
}
