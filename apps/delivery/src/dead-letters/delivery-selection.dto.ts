import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { DELIVERY_STATUSES, type DeliveryStatus } from '#libs/contracts';
import { TimeField } from '#libs/http';

/** Which deliveries of one integration a command is about. Tests are never among them. */
export class DeliverySelection {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be a UUID' })
  integrationId: string;

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
