import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ENVIRONMENTS, EVENT_TYPES, type Environment, type EventType } from '#libs/contracts';
import { UnlessLeftOut } from '#libs/http';

/** Which event a test or a preview is about. */
export class SampleChoice {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The project that it tells of; null or left out: the newest',
  })
  @IsOptional()
  @IsUUID('all', { message: 'must be the id of a project' })
  projectId?: string | null;

  @ApiPropertyOptional({ enum: EVENT_TYPES, enumName: 'EventType' })
  @UnlessLeftOut()
  @IsIn(EVENT_TYPES, { message: `must be one of ${EVENT_TYPES.join(', ')}` })
  eventType?: EventType;

  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @UnlessLeftOut()
  @IsIn(ENVIRONMENTS, { message: `must be one of ${ENVIRONMENTS.join(', ')}` })
  environment?: Environment;
}
