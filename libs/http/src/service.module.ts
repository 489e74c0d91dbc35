import { ValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AuthGuard, TokenVerifier } from '#libs/auth';
import type { ServiceSettings } from '#libs/config';
import { Registry } from '#libs/observability';
import { fieldErrors, invalidInput } from '#libs/problems';
import { GracefulStop } from './graceful-stop.js';
import { HealthController } from './health.controller.js';
import { OpsServer } from './ops-server.js';
import { ProblemFilter } from './problem.filter.js';
import { measureReadiness } from './readiness-gauge.js';
import { Readiness } from './readiness.js';
import type { ServiceContext } from './service-options.js';

/** Token checks, input checks, problem documents, health and metrics: the same in every service. */
export class ServiceModule {
  static forContext<S extends ServiceSettings>({ settings, logger, registry }: ServiceContext<S>): DynamicModule {
    const verifier = new TokenVerifier({
      issuer: settings.authIssuer,
      audience: settings.authAudience,
      jwksUrl: settings.authJwksUrl,
    });
    return {
      module: ServiceModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        {
          provide: Readiness,
          useFactory: () => {
            const readiness = new Readiness();
            measureReadiness(readiness, registry);
            return readiness;
          },
        },
        {
          provide: GracefulStop,
          useFactory: (readiness: Readiness) => new GracefulStop(readiness, settings, logger),
          inject: [Readiness],
        },
        OpsServer,
        { provide: Registry, useValue: registry },
        { provide: TokenVerifier, useValue: verifier },
        {
          provide: APP_GUARD,
          useFactory: (reflector: Reflector) => new AuthGuard(reflector, verifier),
          inject: [Reflector],
        },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_PIPE, useValue: strictInput() },
      ],
      exports: [OpsServer, Readiness, Registry, TokenVerifier],
    };
  }
}

/** Unknown fields are refused, and every wrong field is named. */
function strictInput(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => invalidInput(fieldErrors(errors)),
  });
}
