import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID, Matches, MaxLength } from 'class-validator';
import { PageQuery, TimeField, UnlessLeftOut } from '#libs/http';
import type { ActivityEntity } from './activity.entity.js';

export class ActivityListQuery extends PageQuery {
  /** Of one integration, project or release. */
  @ApiPropertyOptional({ format: 'uuid', description: 'Only what was done to this integration, project or release' })
  @UnlessLeftOut()
  @IsUUID(undefined, { message: 'must be an id' })
  subjectId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what concerns this project alone' })
  @UnlessLeftOut()
  @IsUUID(undefined, { message: 'must be an id' })
  projectId?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Only what this person did' })
  @UnlessLeftOut()
  @MaxLength(200)
  actorId?: string;

  @ApiPropertyOptional({ pattern: '^[a-z_.-]{1,60}$', description: 'For example `integration.changed`' })
  @UnlessLeftOut()
  @Matches(/^[a-z_.-]{1,60}$/, { message: 'must be the name of an action, such as integration.changed' })
  action?: string;

  @TimeField('What was done at this time or later')
  since?: Date;

  @TimeField('What was done before this time')
  until?: Date;
}

export class ActivityActor {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

export class ActivitySubject {
  @ApiProperty({ description: '`integration`, `project` or `release`; others may come' }) kind: string;
  @ApiProperty() id: string;
  @ApiProperty({ description: 'As it was called then' }) name: string;
}

export class ActivityChange {
  @ApiProperty() field: string;
  @ApiProperty({ type: String, nullable: true, description: 'As text; null: nothing, or all' }) before: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'As text; null: nothing, or all' }) after: string | null;
}

export class ActivityEntry {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: ActivityActor }) actor: ActivityActor;
  @ApiProperty({ description: 'For example `integration.changed`' }) action: string;
  @ApiProperty({ type: ActivitySubject }) subject: ActivitySubject;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null: of no project, or of all' })
  projectId: string | null;
  @ApiProperty({ type: [ActivityChange] }) changes: ActivityChange[];
}

export class ActivityPage {
  @ApiProperty({ type: [ActivityEntry] }) items: ActivityEntry[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export function activityView(row: ActivityEntity): ActivityEntry {
  const { id, at, action, projectId, changes } = row;
  return {
    id,
    at: at.toISOString(),
    actor: { id: row.actorId, name: row.actorName },
    action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    projectId,
    changes,
  };
}
