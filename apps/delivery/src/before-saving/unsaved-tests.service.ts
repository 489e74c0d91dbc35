import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { uuidv7, type IntegrationState, type ReleaseEvent } from '#libs/contracts';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { OpenCredentials } from '../credentials/open-credentials.service.js';
import { failedAttempt } from '../providers/outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from '../providers/provider.js';
import { PROVIDERS } from '../providers/providers.module.js';
import { OWN_FAULT, UNOPENABLE, describeWithoutMessage } from '../sending/own-fault.js';

export interface UnsavedTest {
  outcome: AttemptOutcome;
  durationMs: number;
}

const HELD = 'The destination asked to be left alone for a while. Try again in a minute.';
const NO_ADAPTER = 'This version of the delivery service does not know the provider.';

/** Posts a test to a destination that is not saved: by the same adapters, within the same bounds, and on no record. */
@Injectable()
export class UnsavedTests implements OnApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(PROVIDERS) private readonly providers: ReadonlyMap<string, ProviderAdapter>,
    private readonly credentials: OpenCredentials,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws where the service stops */
  async send(state: IntegrationState, event: ReleaseEvent, traceparent?: string): Promise<UnsavedTest> {
    const began = performance.now();
    const outcome = await this.outcomeOf(state, event, traceparent);
    const durationMs = Math.round(performance.now() - began);
    const { organizationId, provider } = state;
    const code = outcome.kind === 'failed' ? outcome.code : undefined;
    this.logger.info({ organizationId, provider, outcome: outcome.kind, code, durationMs }, 'unsaved-test.sent');
    return { outcome, durationMs };
  }

  onApplicationShutdown(): void {
    this.stopping.abort(new Error('the service stops'));
  }

  private async outcomeOf(state: IntegrationState, event: ReleaseEvent, traceparent?: string): Promise<AttemptOutcome> {
    const provider = this.providers.get(state.provider);
    if (!provider) return failedAttempt('client_error', { error: NO_ADAPTER });
    const opened = await this.credentials.once(state, Date.now()).catch((error: unknown) => {
      this.logger.error(
        { organizationId: state.organizationId, error: describeError(error) },
        'credentials.not-opened',
      );
      return undefined;
    });
    if (!opened) return UNOPENABLE;
    const { signal } = this.stopping;
    const request = {
      deliveryId: uuidv7(),
      round: 1,
      attempt: 1,
      test: true,
      event,
      state,
      ...opened,
      traceparent,
      signal,
    };
    try {
      return await attemptBy(provider, request);
    } catch (error) {
      signal.throwIfAborted();
      this.logger.error({ provider: state.provider, error: describeWithoutMessage(error) }, 'unsaved-test.failed');
      return OWN_FAULT;
    }
  }
}

async function attemptBy(provider: ProviderAdapter, request: AttemptRequest): Promise<AttemptOutcome> {
  if ((provider.holds?.waitMs(request.credentials, performance.now()) ?? 0) > 0)
    return failedAttempt('rate_limited', { error: HELD });
  const putOff = provider.admit ? await provider.admit(request) : null;
  return putOff ? failedAttempt('rate_limited', { error: putOff.error }) : provider.attempt(request);
}
