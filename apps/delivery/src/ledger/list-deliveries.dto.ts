import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { DELIVERY_STATUSES, EVENT_TYPES, type DeliveryStatus, type EventType } from '#libs/contracts';
import { PageQuery } from '#libs/http';
import { TimeField } from './time-field.js';

/** Which deliveries are asked for. */
export class ListDeliveries extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all', { message: 'must be a UUID' })
  projectId?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus' })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES, { message: `must be one of ${DELIVERY_STATUSES.join(', ')}` })
  status?: DeliveryStatus;

  @ApiPropertyOptional({ enum: EVENT_TYPES, enumName: 'EventType' })
  @IsOptional()
  @IsIn(EVENT_TYPES, { message: `must be one of ${EVENT_TYPES.join(', ')}` })
  eventType?: EventType;

  @TimeField('Events at this time or later')
  since?: Date;

  @TimeField('Events before this time')
  until?: Date;
}

/** What a command about many deliveries would be about. */
export class CountDeliveries {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId: string;

  @ApiProperty({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus' })
  @IsIn(DELIVERY_STATUSES, { message: `must be one of ${DELIVERY_STATUSES.join(', ')}` })
  status: DeliveryStatus;

  @TimeField('Events at this time or later')
  since?: Date;

  @TimeField('Events before this time')
  until?: Date;
}

export const MOST_COUNTED = 10_000;

export class DeliveryCount {
  @ApiProperty({ type: 'integer', maximum: MOST_COUNTED }) count: number;
  @ApiProperty({ description: 'There are more than were counted' }) more: boolean;
}
