import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '#libs/auth';

/** The organization that development tokens are for where none is named. */
const DEMO_ORGANIZATION = '0190a000-0000-7000-8000-000000000001';

/** Null would be no organization at all. */
const unlessLeftOut = ValidateIf((_, value) => value !== undefined);

export class DevTokenRequest {
  @ApiPropertyOptional({ enum: ROLES, default: 'owner' })
  @unlessLeftOut
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  role: Role = 'owner';

  @ApiPropertyOptional({ format: 'uuid', default: DEMO_ORGANIZATION, description: 'One that is new is fine.' })
  @unlessLeftOut
  @IsUUID('all', { message: 'must be a UUID' })
  organizationId: string = DEMO_ORGANIZATION;
}

export class DevToken {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`; good for 12 hours.' })
  token: string;
}
