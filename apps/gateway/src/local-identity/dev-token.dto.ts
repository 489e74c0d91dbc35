import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { ROLES, type Role } from '#libs/auth';
import { UnlessLeftOut } from '#libs/http';

/** The organization that development tokens are for where none is named. */
const DEMO_ORGANIZATION = '0190a000-0000-7000-8000-000000000001';

export class DevTokenRequest {
  @ApiPropertyOptional({ enum: ROLES, default: 'owner' })
  @UnlessLeftOut()
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  role: Role = 'owner';

  @ApiPropertyOptional({ format: 'uuid', default: DEMO_ORGANIZATION, description: 'One that is new is fine.' })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be a UUID' })
  organizationId: string = DEMO_ORGANIZATION;
}

export class DevToken {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`; good for 12 hours.' })
  token: string;
}
