import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import {
  DELIVERY_STATUSES,
  DELIVERED_TYPES,
  ENVIRONMENTS,
  MAX_VERSION,
  type DeliveryStatus,
  type DeliveredType,
  type Environment,
} from '#libs/contracts';
import { IsTextOf, PageQuery, TEXT_PATTERN, TimeField, UnlessLeftOut, WellFormed } from '#libs/http';

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

/** Which deliveries are asked for. */
export class ListDeliveries extends PageQuery {
  @ApiPropertyOptional({
    description: 'What the version begins with',
    minLength: 1,
    maxLength: MAX_VERSION,
    pattern: TEXT_PATTERN,
  })
  @UnlessLeftOut()
  @WellFormed()
  @IsTextOf(1, MAX_VERSION, `must have 1 to ${MAX_VERSION} characters`)
  version?: string;

  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @UnlessLeftOut()
  @IsIn(ENVIRONMENTS, { message: `must be one of ${ENVIRONMENTS.join(', ')}` })
  environment?: Environment;

  @ApiPropertyOptional({ type: Boolean, description: 'false leaves tests out, true shows nothing else' })
  @UnlessLeftOut()
  @Transform(({ value }: { value: unknown }) => BOOLEANS[String(value)] ?? value)
  @IsBoolean({ message: 'must be true or false' })
  test?: boolean;

  @ApiPropertyOptional({ format: 'uuid' })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be a UUID' })
  projectId?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus' })
  @UnlessLeftOut()
  @IsIn(DELIVERY_STATUSES, { message: `must be one of ${DELIVERY_STATUSES.join(', ')}` })
  status?: DeliveryStatus;

  @ApiPropertyOptional({ enum: DELIVERED_TYPES, enumName: 'DeliveredType' })
  @UnlessLeftOut()
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
