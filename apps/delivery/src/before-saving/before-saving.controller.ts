import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsObject, IsString } from 'class-validator';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import {
  DELIVERED_TYPES,
  DeliveredEventSchema,
  IntegrationState,
  ReleaseEventSchema,
  UnreadableEvent,
  checkShape,
  uuidv7,
} from '#libs/contracts';
import { traceparentOf } from '#libs/observability';
import { invalidInput, notFound, unprocessable } from '#libs/problems';
import { sentRequest } from '../providers/provider-list.js';
import type { SentRequest } from '../providers/sent-request.js';
import { UnsavedTests } from './unsaved-tests.service.js';

class UnsavedTestBody {
  /** As it would be on `integration.state`. */
  @IsObject() state: Record<string, unknown>;
  @IsObject() event: Record<string, unknown>;
}

class PreviewBody {
  @IsString() provider: string;
  @IsArray() @ArrayMaxSize(DELIVERED_TYPES.length) events: unknown[];
}

interface TestAnswer {
  outcome: 'delivered' | 'failed';
  statusCode: number | null;
  errorCode: string | null;
  error: string | null;
  responseBody: string | null;
  durationMs: number;
}

/** What the service that owns the integrations asks before one is saved, with the caller's own token. Nothing is kept. */
@ApiExcludeController()
@Controller('internal/v1/before-saving')
export class BeforeSavingController {
  constructor(private readonly tests: UnsavedTests) {}

  @Post('test')
  @HttpCode(200)
  @Requires('manage-integrations')
  async testUnsaved(
    @CurrentCaller() { organizationId }: Caller,
    @Body() body: UnsavedTestBody,
    @Headers('traceparent') traceparent: string | undefined,
  ): Promise<TestAnswer> {
    const state = read(() => checkShape(IntegrationState, body.state), 'state');
    const event = read(() => checkShape(ReleaseEventSchema, body.event), 'event');
    if (state.organizationId !== organizationId) throw notFound('integration');
    const { outcome, durationMs } = await this.tests.send(state, event, traceparentOf(traceparent));
    const { kind, statusCode, responseBody } = outcome;
    const [errorCode, error] = outcome.kind === 'failed' ? [outcome.code, outcome.error] : [null, null];
    return { outcome: kind, statusCode, errorCode, error, responseBody, durationMs };
  }

  /** The messages of events and alerts, made by what makes them for a delivery. */
  @Post('preview')
  @HttpCode(200)
  previewMessages(@Body() { provider, events }: PreviewBody): { items: SentRequest[] } {
    const items = events.map((one) => {
      const event = read(() => checkShape(DeliveredEventSchema, one), 'events');
      const attempt = { number: 1, startedAt: new Date(event.time) };
      return sentRequest(provider, { deliveryId: uuidv7(), event, test: false, attempt });
    });
    if (items.includes(null)) throw unprocessable('provider', 'This version of the server does not know the provider.');
    return { items: items as SentRequest[] };
  }
}

/** @throws Problem 400 */
function read<T>(reading: () => T, field: string): T {
  try {
    return reading();
  } catch (error) {
    if (error instanceof UnreadableEvent) throw invalidInput([{ field, message: error.message }]);
    throw error;
  }
}
