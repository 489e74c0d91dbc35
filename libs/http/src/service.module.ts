import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AuthGuard, TokenVerifier } from '#libs/auth';
import { SETTINGS, type ServiceSettings } from '#libs/config';
import { LOGGER, Registry, SERVICE_NAME } from '#libs/observability';
import { GracefulStop } from './graceful-stop.js';
import { HealthController } from './health.controller.js';
import { OpsServer } from './ops-server.js';
import { ProblemFilter } from './problem.filter.js';
import { measureReadiness } from './readiness-gauge.js';
import { Readiness } from './readiness.js';
import type { ServiceContext } from './service-options.js';
import { StrictInput } from './strict-input.js';

/**
 * The same in every service: settings, logger and metrics by token, token checks, input checks, problem documents, health.
 * The one global module: a service has one of each, from before Nest starts. Nest runs its shutdown hooks after those of
 * the modules that are not global, which GracefulStop and OpsServer count on.
 */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [
    Readiness,
    GracefulStop,
    OpsServer,
    TokenVerifier,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: StrictInput },
  ],
})
export class ServiceModule {
  constructor(readiness: Readiness, registry: Registry, verifier: TokenVerifier) {
    measureReadiness(readiness, registry);
    readiness.add('identity-provider', () => verifier.ready());
    void verifier.ready(); // before the first call needs the keys
  }

  static forContext<S extends ServiceSettings>({ name, settings, logger, registry }: ServiceContext<S>): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      providers: [
        { provide: SERVICE_NAME, useValue: name },
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        { provide: Registry, useValue: registry },
      ],
      exports: [SERVICE_NAME, SETTINGS, LOGGER, Registry, OpsServer, Readiness, TokenVerifier],
    };
  }
}
