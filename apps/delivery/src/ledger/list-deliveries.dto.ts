import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import {
  DELIVERY_STATUSES,
  DELIVERED_TYPES,
  ENVIRONMENTS,
  type DeliveryStatus,
  type DeliveredType,
  type Environment,
} from '#libs/contracts';
import { IsTextOf, PageQuery, TimeField, WellFormed } from '#libs/http';

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

/** Which deliveries are asked for. */
export class ListDeliveries extends PageQuery {
  @ApiPropertyOptional({ description: 'What the version begins with', minLength: 1, maxLength: 64 })
  @IsOptional()
  @WellFormed()
  @IsTextOf(1, 64, 'must have 1 to 64 characters')
  version?: string;

  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @IsOptional()
  @IsIn(ENVIRONMENTS, { message: `must be one of ${ENVIRONMENTS.join(', ')}` })
  environment?: Environment;

  @ApiPropertyOptional({ type: Boolean, description: 'false leaves tests out, true shows nothing else' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => BOOLEANS[String(value)] ?? value)
  @IsBoolean({ message: 'must be true or false' })
  test?: boolean;

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

/** All of them, as far as a file goes. */
export class ExportDeliveries extends OmitType(ListDeliveries, ['limit', 'cursor'] as const) {}

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
