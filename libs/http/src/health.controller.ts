import { Controller, Get, Header, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Public } from '#libs/auth';
import { Registry } from '#libs/observability';
import { Readiness, type CheckState } from './readiness.js';

interface StatusSetter {
  status: (code: number) => void;
}

/** For orchestrators, load balancers and Prometheus, on the service's own port. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly registry: Registry,
  ) {}

  /** The process runs. */
  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The alarm: whether everything that the service is there for passes. */
  @Get('health/ready')
  ready(@Res({ passthrough: true }) response: StatusSetter): Promise<unknown> {
    return this.report(response, false);
  }

  /** The traffic probe: whether this instance can answer its API. */
  @Get('health/serving')
  serving(@Res({ passthrough: true }) response: StatusSetter): Promise<unknown> {
    return this.report(response, true);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }

  /** 503 names the checks that do not hold. */
  private async report(response: StatusSetter, servingOnly: boolean): Promise<unknown> {
    const states = await this.readiness.states({ servingOnly });
    if (this.readiness.stopping) states.push(['stopping', 'down']);
    try {
      return await this.health.check(
        states.map(
          ([name, state]) =>
            () =>
              this.indicator(name, state),
        ),
      );
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      response.status(503);
      return error.getResponse();
    }
  }

  private indicator(name: string, state: CheckState): HealthIndicatorResult {
    const indicator = this.indicators.check(name);
    if (state === 'up') return indicator.up();
    return state === 'down' ? indicator.down() : indicator.down({ reason: 'unknown' });
  }
}
