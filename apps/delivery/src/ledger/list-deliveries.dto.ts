import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { DELIVERY_STATUSES, DELIVERED_TYPES, type DeliveryStatus, type DeliveredType } from '#libs/contracts';
import { PageQuery, TimeField } from '#libs/http';

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

  @ApiPropertyOptional({ enum: DELIVERED_TYPES, enumName: 'DeliveredType' })
  @IsOptional()
  @IsIn(DELIVERED_TYPES, { message: `must be one of ${DELIVERED_TYPES.join(', ')}` })
  eventType?: DeliveredType;

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
