import { Inject, Injectable } from '@nestjs/common';
import { isAlert, projectIdOf, type IntegrationState } from '#libs/contracts';
import { Counter, Histogram, LOGGER, Registry, type Logger } from '#libs/observability';
import type { AttemptOutcome } from '../providers/provider.js';
import type { Delivery } from './delivery.js';
import type { NextStep } from './next-step.js';

export interface Reported {
  outcome: AttemptOutcome;
  durationMs: number;
  next: NextStep['kind'];
}

/** Metrics and the one log line of each attempt. */
@Injectable()
export class AttemptReport {
  private readonly counter: Counter<'provider' | 'outcome' | 'error_code'>;
  private readonly durations: Histogram<'provider'>;

  constructor(
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const registers = [registry];
    this.counter = new Counter({
      name: 'delivery_attempts_total',
      help: 'Attempts by how they ended',
      labelNames: ['provider', 'outcome', 'error_code'],
      registers,
    });
    this.durations = new Histogram({
      name: 'delivery_attempt_duration_seconds',
      help: 'Time from the request to the end of the answer',
      labelNames: ['provider'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
  }

  attempted(
    { request }: Delivery,
    { provider, name }: IntegrationState,
    { outcome, durationMs, next }: Reported,
  ): void {
    const errorCode = outcome.kind === 'failed' ? outcome.code : undefined;
    this.counter.inc({ provider, outcome: outcome.kind, error_code: errorCode ?? '' });
    this.durations.observe({ provider }, durationMs / 1000);
    const { deliveryId, integrationId, round, attempt, test, event } = request;
    this.logger.info(
      {
        deliveryId,
        integrationId,
        organizationId: event.data.organizationId,
        projectId: projectIdOf(event),
        provider,
        integrationName: name,
        type: event.type,
        version: isAlert(event) ? undefined : event.data.release.version,
        test,
        round,
        attempt,
        outcome: outcome.kind,
        next,
        statusCode: outcome.statusCode,
        errorCode,
        durationMs,
      },
      'delivery.attempted',
    );
  }
}
