import type { Server, ServerResponse } from 'node:http';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { OpsServer, sendProblem, type Front, type ObservedRequest, type ServiceContext } from '#libs/http';
import { problemFrom } from '#libs/problems';
import { Admission } from './admission/admission.service.js';
import { limitConnections } from './admission/connections.js';
import { AppModule } from './app.module.js';
import { apiDocs } from './api-docs/api-docs.js';
import { servePages } from './console/serve-pages.js';
import type { GatewaySettings } from './gateway.config.js';
import { localHostsOnly } from './local-identity/local-hosts.js';
import { LocalIdentityModule } from './local-identity/local-identity.module.js';
import { OpenStreams } from './proxy/open-streams.service.js';
import { proxy } from './proxy/proxy.js';
import { Upstreams } from './proxy/upstreams.service.js';

type Context = ServiceContext<GatewaySettings>;

/** The proxy first, for it is what most requests want; then documents and pages; what is left is Nest's. */
export const gatewayService = {
  module: AppModule,
  modulesFor: ({ authLocalSigningKey }: GatewaySettings): Type[] =>
    authLocalSigningKey === undefined ? [] : [LocalIdentityModule],
  front: (app: NestExpressApplication, { logger }: Context): Front =>
    proxy({ upstreams: app.get(Upstreams), streams: app.get(OpenStreams), admission: app.get(Admission), logger }),
  opsPort: ({ opsPort }: GatewaySettings): number => opsPort,
  before: (app: NestExpressApplication, context: Context): void => {
    const { settings } = context;
    const admission = app.get(Admission);
    app.disable('x-powered-by');
    limitConnections(app.getHttpServer() as Server, settings, context);
    const ops = app.get(OpsServer);
    app.use(limited(async (...call) => (ops.has(call[0]) ? undefined : admission.admitReader(...call))));
    const anonymous = limited((...call) => admission.admitAnonymous(...call));
    app.use('/api/v1/auth', anonymous, localHostsOnly(settings.localHosts ?? []));
    apiDocs(app, app.get(Upstreams), settings);
    servePages(app, settings);
  },
};

function limited(admit: (request: ObservedRequest, response: ServerResponse) => Promise<void>): RequestHandler {
  return async (request, response, next) => {
    try {
      await admit(request, response);
    } catch (error) {
      return sendProblem(response, problemFrom(error), request.requestId);
    }
    next();
  };
}
