import { ApiProperty } from '@nestjs/swagger';
import {
  DELIVERY_STATUSES,
  ENVIRONMENTS,
  ERROR_CODES,
  DELIVERED_TYPES,
  type DeliveryStatus,
  type Environment,
  type ErrorCode,
  type DeliveredType,
} from '#libs/contracts';
import type { EventBody } from '../providers/event-body.js';
import { EventBodySchema } from './event-body.schema.js';

const UUID = { format: 'uuid' } as const;
const OF_RELEASES = { nullable: true, description: 'null: an alert' } as const;
const TIME = { type: String, format: 'date-time' } as const;

/** The destination that an alert is about. */
export class AlertSubject {
  @ApiProperty(UUID) id: string;
  @ApiProperty({ description: 'As it was called then' }) name: string;
}

/** One event for one integration, and how far it got. */
export class Delivery {
  @ApiProperty(UUID) id: string;
  @ApiProperty() eventId: string;
  @ApiProperty({ enum: DELIVERED_TYPES, enumName: 'DeliveredType' }) eventType: DeliveredType;
  @ApiProperty() test: boolean;
  @ApiProperty(UUID) integrationId: string;
  @ApiProperty({
    ...UUID,
    type: String,
    nullable: true,
    description: 'null: an alert about a destination of all projects',
  })
  projectId: string | null;
  @ApiProperty({ ...OF_RELEASES, type: String }) projectName: string | null;
  @ApiProperty({ ...OF_RELEASES, ...UUID, type: String }) releaseId: string | null;
  @ApiProperty({ ...OF_RELEASES, type: String }) version: string | null;
  @ApiProperty({ ...OF_RELEASES, type: String, enum: ENVIRONMENTS, enumName: 'Environment' })
  environment: Environment | null;
  @ApiProperty({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus' }) status: DeliveryStatus;
  @ApiProperty({ type: 'integer', description: 'A redelivery starts the next' }) round: number;
  @ApiProperty({ type: 'integer', description: 'Of all rounds' }) attemptCount: number;
  @ApiProperty({
    ...TIME,
    description:
      'When the event happened; when we received it, where its own time is more than a day ago or in the future',
  })
  createdAt: string;
  @ApiProperty(TIME) updatedAt: string;
  @ApiProperty({ ...TIME, nullable: true }) nextAttemptAt: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) lastStatusCode: number | null;
  @ApiProperty({ type: String, enum: ERROR_CODES, enumName: 'ErrorCode', nullable: true })
  lastErrorCode: ErrorCode | null;
  @ApiProperty({ type: String, nullable: true, description: 'A sentence for a person' }) lastError: string | null;
  @ApiProperty({ type: AlertSubject, nullable: true, description: 'null: not an alert' }) subject: AlertSubject | null;
}

/** One try of one delivery. */
export class Attempt {
  @ApiProperty({ type: 'integer', description: 'In its round, from 1' }) number: number;
  @ApiProperty({ type: 'integer' }) round: number;
  @ApiProperty(TIME) startedAt: string;
  @ApiProperty({ type: 'integer' }) durationMs: number;
  @ApiProperty({ enum: ['delivered', 'failed'] }) outcome: 'delivered' | 'failed';
  @ApiProperty({ type: 'integer', nullable: true }) statusCode: number | null;
  @ApiProperty({ type: String, enum: ERROR_CODES, enumName: 'ErrorCode', nullable: true }) errorCode: ErrorCode | null;
  @ApiProperty({ type: String, nullable: true, description: 'A sentence for a person' }) error: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The first 4 KB' }) responseBody: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'Of a failure; names in lower case, what is secret masked. null where nothing answered, and for email',
  })
  responseHeaders: Record<string, string> | null;
}

/** What went over the wire at the last attempt; what is secret is masked. */
export class SentRequestView {
  @ApiProperty({ enum: ['POST', 'MAIL'] }) method: 'POST' | 'MAIL';
  @ApiProperty({ description: 'Masked' }) destination: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) headers: Record<string, string>;
  @ApiProperty() body: string;
}

/** A delivery with all that was sent and answered. */
export class DeliveryOne extends Delivery {
  @ApiProperty({ type: EventBodySchema, description: 'The body that a webhook gets' }) event: EventBody;
  @ApiProperty({ type: [Attempt], description: 'Oldest first' }) attempts: Attempt[];
  @ApiProperty({ type: SentRequestView, nullable: true, description: 'null where the integration was deleted' })
  request: SentRequestView | null;
}

export class DeliveryPage {
  @ApiProperty({ type: [Delivery] }) items: Delivery[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null on the last page. A page before it may hold less than the limit, where few match',
  })
  nextCursor: string | null;
}
