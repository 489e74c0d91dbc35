import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { TokenVerifier } from '#libs/auth';
import { ServiceModule, type ServiceContext } from '#libs/http';
import { Admission } from './admission/admission.service.js';
import type { GatewaySettings } from './gateway.config.js';
import { LocalIdentityController } from './local-identity/local-identity.controller.js';
import { LocalIdentity } from './local-identity/local-identity.service.js';
import { OpenStreams } from './proxy/open-streams.service.js';
import { Upstreams } from './proxy/upstreams.service.js';

export class GatewayModule {
  static forContext(context: ServiceContext<GatewaySettings>): DynamicModule {
    const { settings } = context;
    const local = localIdentity(settings);
    return {
      module: GatewayModule,
      imports: [ServiceModule.forContext(context)],
      controllers: local.controllers,
      providers: [
        ...local.providers,
        OpenStreams,
        { provide: Upstreams, useValue: new Upstreams(settings) },
        {
          provide: Admission,
          useFactory: (verifier: TokenVerifier) => new Admission(verifier, settings),
          inject: [TokenVerifier],
        },
      ],
    };
  }
}

function localIdentity(settings: GatewaySettings): { controllers: Type[]; providers: Provider[] } {
  if (settings.authLocalSigningKey === undefined) return { controllers: [], providers: [] };
  const identity = new LocalIdentity(settings.authLocalSigningKey, {
    issuer: settings.authIssuer,
    audience: settings.authAudience,
  });
  return { controllers: [LocalIdentityController], providers: [{ provide: LocalIdentity, useValue: identity }] };
}
