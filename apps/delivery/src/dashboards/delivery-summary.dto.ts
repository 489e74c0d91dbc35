import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { HEALTHS, type DeliveryStatus, type Health } from '#libs/contracts';
import { TimeField, UnlessLeftOut } from '#libs/http';

const INTEGER = { type: 'integer' } as const;
const TIME = { type: String, format: 'date-time' } as const;
const LATENCY = { type: 'integer', description: '0 where there was no attempt' } as const;

/** delivered and dropped: within the span; the others: now. Tests are left out of what is open. */
export class DeliveryTotals implements Record<DeliveryStatus, number> {
  @ApiProperty(INTEGER) pending: number;
  @ApiProperty(INTEGER) retrying: number;
  @ApiProperty(INTEGER) delivered: number;
  @ApiProperty(INTEGER) dead: number;
  @ApiProperty(INTEGER) held: number;
  @ApiProperty(INTEGER) dropped: number;
}

export class LatencyPercentiles {
  @ApiProperty(LATENCY) p50: number;
  @ApiProperty(LATENCY) p95: number;
  @ApiProperty(LATENCY) p99: number;
}

/** Attempts within a stretch of time. */
export class SummaryBucket {
  @ApiProperty({ ...TIME, description: 'When it begins; it ends where the next begins' }) at: string;
  @ApiProperty(INTEGER) delivered: number;
  @ApiProperty({ ...INTEGER, description: 'Attempts that failed' }) failed: number;
  @ApiProperty(LATENCY) p95Ms: number;
}

export class IntegrationSummary {
  @ApiProperty({ format: 'uuid' }) integrationId: string;
  @ApiProperty({ enum: HEALTHS, enumName: 'Health' }) health: Health;
  @ApiProperty(INTEGER) delivered: number;
  @ApiProperty({ ...INTEGER, description: 'Attempts that failed' }) failed: number;
  @ApiProperty(INTEGER) pending: number;
  @ApiProperty(INTEGER) retrying: number;
  @ApiProperty(INTEGER) dead: number;
  @ApiProperty(INTEGER) held: number;
  @ApiProperty(LATENCY) p95Ms: number;
}

export class DeliverySummary {
  @ApiProperty({ ...TIME, description: 'When the first bucket begins: what was asked for, rounded down' })
  since: string;
  @ApiProperty(TIME) until: string;
  @ApiProperty() totals: DeliveryTotals;
  @ApiProperty() latencyMs: LatencyPercentiles;
  @ApiProperty({ type: [SummaryBucket], description: '120 at most, none left out' }) buckets: SummaryBucket[];
  @ApiProperty({ type: [IntegrationSummary] }) integrations: IntegrationSummary[];
}

export class SummaryQuery {
  @TimeField('24 hours ago where it is left out; 90 days ago at most')
  since?: Date;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only the figures of this one' })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId?: string;
}
