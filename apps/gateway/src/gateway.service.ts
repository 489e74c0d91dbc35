import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { TokenVerifier } from '#libs/auth';
import { sendProblem, type ObservedRequest, type ServiceContext } from '#libs/http';
import { problemFrom } from '#libs/problems';
import { Admission } from './admission/admission.service.js';
import { apiDocs } from './api-docs/api-docs.js';
import { servePages } from './console/serve-pages.js';
import type { GatewaySettings } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { proxy } from './proxy/proxy.js';
import { Upstreams } from './proxy/upstreams.service.js';

type Context = ServiceContext<GatewaySettings>;

/** The proxy first, for it is what most requests want; then documents and pages; what is left is Nest's. */
export const gatewayService = {
  module: (context: Context) => GatewayModule.forContext(context),
  before: (app: NestExpressApplication, { settings, logger }: Context): void => {
    app.disable('x-powered-by');
    if (settings.trustedProxies > 0) app.set('trust proxy', settings.trustedProxies);
    const upstreams = app.get(Upstreams);
    const admission = new Admission(app.get(TokenVerifier), settings);
    app.use(proxy({ upstreams, admission, logger }));
    app.use('/api/v1/auth', limitAnonymous(admission));
    apiDocs(app, upstreams);
    servePages(app, settings);
  },
};

function limitAnonymous(admission: Admission): RequestHandler {
  return (request, response, next) => {
    admission.admitAnonymous(request as ObservedRequest, response).then(next, (error: unknown) => {
      sendProblem(response, problemFrom(error), (request as ObservedRequest).requestId);
    });
  };
}
