import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';
import { ANSWERS_OK, MODES, type Behaviour, type Mode } from './behaviour.js';
import type { Inbox } from './inbox.js';
import type { ReceivedRequest } from './received-request.js';
import { UnlessLeftOut } from '#libs/http';

const wholeNumber = (min: number, max: number) => ({ message: `must be a whole number from ${min} to ${max}` });

export class BehaviourRequest {
  @ApiProperty({ enum: MODES })
  @IsIn(MODES, { message: `must be one of ${MODES.join(', ')}` })
  mode: Mode;

  @ApiPropertyOptional({ minimum: 0, maximum: 86_400, description: 'With rate-limited: the Retry-After it sends.' })
  @UnlessLeftOut()
  @IsInt(wholeNumber(0, 86_400))
  @Min(0, wholeNumber(0, 86_400))
  @Max(86_400, wholeNumber(0, 86_400))
  retryAfterSeconds?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 120_000, description: 'With slow: how long the answer takes.' })
  @UnlessLeftOut()
  @IsInt(wholeNumber(0, 120_000))
  @Min(0, wholeNumber(0, 120_000))
  @Max(120_000, wholeNumber(0, 120_000))
  delayMs?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100_000, description: 'For so many requests, then ok again.' })
  @IsOptional()
  @IsInt(wholeNumber(1, 100_000))
  @Min(1, wholeNumber(1, 100_000))
  @Max(100_000, wholeNumber(1, 100_000))
  times?: number | null;
}

export class SecretRequest {
  @ApiProperty({ type: String, nullable: true, description: 'whsec_…; null stops checking.' })
  @ValidateIf(({ signingSecret }: SecretRequest) => signingSecret !== null)
  @IsString({ message: 'must be a signing secret that begins with whsec_, or null' })
  signingSecret: string | null;
}

export class RequestsQuery {
  @ApiPropertyOptional({ description: 'Only requests with a greater id.' })
  @UnlessLeftOut()
  @Type(() => Number)
  @IsInt({ message: 'must be the id of a request' })
  @Min(0, { message: 'must be the id of a request' })
  since = 0;
}

/** An inbox in the list; its secret is never shown again. */
export interface InboxView {
  name: string;
  path: string;
  behaviour: Behaviour;
  checksSignatures: boolean;
  received: number;
  lastReceivedAt: string | null;
}

export interface InboxWithRequests extends InboxView {
  items: ReceivedRequest[];
}

export function inboxView(inbox: Inbox): InboxView {
  return {
    name: inbox.name,
    path: `/inbox/${inbox.name}`,
    behaviour: inbox.behaviour,
    checksSignatures: inbox.signingSecret !== null,
    received: inbox.received,
    lastReceivedAt: inbox.requests().at(-1)?.receivedAt ?? null,
  };
}

export function behaviourOf({ mode, retryAfterSeconds, delayMs, times }: BehaviourRequest): Behaviour {
  return {
    mode,
    retryAfterSeconds: retryAfterSeconds ?? ANSWERS_OK.retryAfterSeconds,
    delayMs: delayMs ?? ANSWERS_OK.delayMs,
    times: mode === 'ok' ? null : (times ?? null),
  };
}
