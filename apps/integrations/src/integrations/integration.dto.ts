import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ENVIRONMENTS,
  EVENT_TYPES,
  HEALTHS,
  DELIVERY_STATUSES,
  type DeliveryStatus,
  type Environment,
  type EventType,
  type Health,
} from '#libs/contracts';
import { PROVIDERS } from '#libs/providers';
import { SameTarget } from './same-target.dto.js';

const UUID = { format: 'uuid' } as const;
const TIME = { type: String, format: 'date-time' } as const;
const INTEGER = { type: 'integer' } as const;

/** Deliveries that are not done. */
export class OpenDeliveryCounts {
  @ApiProperty(INTEGER) pending: number;
  @ApiProperty(INTEGER) retrying: number;
  @ApiProperty(INTEGER) dead: number;
  @ApiProperty(INTEGER) held: number;
}

export class LastDelivery {
  @ApiProperty(UUID) id: string;
  @ApiProperty({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus' }) status: DeliveryStatus;
  @ApiProperty(TIME) at: string;
}

/** Of the list of an email integration. */
export class RecipientCounts {
  @ApiProperty(INTEGER) total: number;
  @ApiProperty({ ...INTEGER, description: 'Who has not confirmed yet, and gets no mails until then' })
  unconfirmed: number;
  @ApiProperty(INTEGER) unsubscribed: number;
}

export const FRESHNESS = ['current', 'earlier', 'unknown'] as const;

/** How far the status of a destination can be believed: health, counts, lastDelivery and recipients. */
export class StatusFreshness {
  @ApiProperty({
    enum: FRESHNESS,
    description:
      'current: asked just now; earlier: the delivery service did not answer in time, and this is what was last known; unknown: nothing is known',
  })
  state: (typeof FRESHNESS)[number];
  @ApiProperty({ ...TIME, nullable: true, description: 'When the status was so; null: nothing is known' })
  asOf: string | null;
  @ApiProperty({
    ...TIME,
    nullable: true,
    description: 'Since when the delivery service has not answered; null: it answers, perhaps late',
  })
  unavailableSince: string | null;
}

/** One connected destination. Its credentials are never shown. */
export class Integration {
  @ApiProperty(UUID) id: string;
  @ApiProperty({ enum: PROVIDERS, enumName: 'Provider' }) provider: string;
  @ApiProperty({ example: 'QA team webhook' }) name: string;
  @ApiProperty({ ...UUID, type: String, nullable: true, description: 'null: all projects' }) projectId: string | null;
  @ApiProperty({ enum: EVENT_TYPES, enumName: 'EventType', isArray: true, description: 'Empty: all' })
  eventTypes: EventType[];
  @ApiProperty({ enum: ENVIRONMENTS, enumName: 'Environment', isArray: true, description: 'Empty: all' })
  environments: Environment[];
  @ApiProperty() enabled: boolean;
  @ApiProperty({ description: 'Also notified when another destination of its route stops working' }) alerts: boolean;
  @ApiProperty({ example: 'https://hooks.example.com/…', description: 'Masked' }) destination: string;
  @ApiProperty({ ...INTEGER, nullable: true, description: 'Attempts at once; null: one, in order' }) concurrency:
    | number
    | null;
  @ApiProperty({ type: String, nullable: true, description: 'Who to ask about it; null: nobody is named' })
  owner: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What it is for and what to know of it; null: none' })
  note: string | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    example: ['authorization'],
    description: 'Which optional secrets of its form are set; null: not known, because an earlier version saved them',
  })
  storedSecrets: string[] | null;
  @ApiProperty({ type: [SameTarget], description: 'Others that lead to the same channel, address or recipients' })
  sameTarget: SameTarget[];
  @ApiProperty() statusFreshness: StatusFreshness;
  @ApiProperty({
    type: String,
    enum: HEALTHS,
    enumName: 'Health',
    nullable: true,
    description: 'unknown: not tried yet; null: not known right now',
  })
  health: Health | null;
  @ApiProperty({ type: OpenDeliveryCounts, nullable: true, description: 'null: not known right now' })
  counts: OpenDeliveryCounts | null;
  @ApiPropertyOptional({
    type: LastDelivery,
    nullable: true,
    description: 'null: nothing was ever sent; left out: not known right now',
  })
  lastDelivery?: LastDelivery | null;
  @ApiPropertyOptional({
    type: RecipientCounts,
    nullable: true,
    description: 'null: not an email integration; left out: not known right now',
  })
  recipients?: RecipientCounts | null;
  @ApiProperty(TIME) createdAt: string;
  @ApiProperty(TIME) updatedAt: string;
}

export class CreatedIntegration extends Integration {
  @ApiPropertyOptional({ example: 'whsec_…', description: 'Of a webhook; shown this once' }) signingSecret?: string;
}

export class IntegrationPage {
  @ApiProperty({ type: [Integration] }) items: Integration[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class SigningSecret {
  @ApiProperty({ example: 'whsec_…', description: 'Shown this once. The one before it signs along for 24 hours.' })
  signingSecret: string;
}
