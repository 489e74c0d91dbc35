import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { DELIVERY_STATUSES, type DeliveryStatus } from '#libs/contracts';
import { TimeField, UnlessLeftOut } from '#libs/http';

const MOST_IDS = 100;

/** Deliveries of one integration. Tests are never among them. */
export class DeliveriesOfOne {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: MOST_IDS,
    uniqueItems: true,
    description: 'Only these; all that match where it is left out',
  })
  @UnlessLeftOut()
  @IsArray({ message: 'must be a list of ids' })
  @ArrayNotEmpty({ message: 'must name at least one delivery' })
  @ArrayMaxSize(MOST_IDS, { message: `must name ${MOST_IDS} deliveries at most` })
  @ArrayUnique({ message: 'must name each delivery once' })
  @IsUUID('all', { each: true, message: 'must be UUIDs' })
  ids?: string[];
}

/** Which deliveries of one integration a command is about. */
export class DeliverySelection extends DeliveriesOfOne {
  @ApiProperty({ enum: DELIVERY_STATUSES, enumName: 'DeliveryStatus', isArray: true, minItems: 1, uniqueItems: true })
  @IsArray({ message: 'must be a list of statuses' })
  @ArrayNotEmpty({ message: 'must name at least one status' })
  @ArrayUnique({ message: 'must name each status once' })
  @IsIn(DELIVERY_STATUSES, { each: true, message: `must be among ${DELIVERY_STATUSES.join(', ')}` })
  statuses: DeliveryStatus[];

  @TimeField('Events at this time or later')
  since?: Date;

  @TimeField('Events before this time')
  until?: Date;
}

/** How many deliveries a command is about. */
export class AcceptedDeliveries {
  @ApiProperty({ type: 'integer' }) count: number;
}
