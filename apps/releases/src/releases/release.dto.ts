import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { ENVIRONMENTS, MAX_DESCRIPTION, MAX_VERSION, type Environment } from '#libs/contracts';
import { IsTextOf, PageQuery, TEXT_PATTERN, UnlessLeftOut, WellFormed } from '#libs/http';
import type { ReleaseEntity } from './release.entity.js';
import { VERSION } from './version.js';

const UUID = { format: 'uuid' } as const;
const TIME = { type: String, format: 'date-time' } as const;
const ROLLOUT = { type: 'integer', minimum: 0, maximum: 100 } as const;
const WHOLE = { message: 'must be a whole number from 0 to 100' };
const ONE_OF_ENVIRONMENTS = { message: `must be one of ${ENVIRONMENTS.join(', ')}` };
const A_DESCRIPTION = `must be a text of ${MAX_DESCRIPTION} characters at most, without NUL characters`;

export class Release {
  @ApiProperty(UUID) id: string;
  @ApiProperty(UUID) projectId: string;
  @ApiProperty({ enum: ENVIRONMENTS, enumName: 'Environment' }) environment: Environment;
  @ApiProperty({ example: '1.0.5' }) version: string;
  @ApiProperty() mandatory: boolean;
  @ApiProperty({ type: String, nullable: true }) description: string | null;
  @ApiProperty(ROLLOUT) rolloutPercentage: number;
  @ApiProperty({ type: 'integer', description: 'Grows with every change, also over a promotion' }) revision: number;
  @ApiProperty({ ...UUID, type: String, nullable: true }) promotedFromId: string | null;
  @ApiProperty(TIME) createdAt: string;
  @ApiProperty(TIME) updatedAt: string;
}

export class ReleasePage {
  @ApiProperty({ type: [Release] }) items: Release[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class ReleaseListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @UnlessLeftOut()
  @IsIn(ENVIRONMENTS, ONE_OF_ENVIRONMENTS)
  environment?: Environment;
}

export class ReleaseInput {
  @ApiProperty({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @IsIn(ENVIRONMENTS, ONE_OF_ENVIRONMENTS)
  environment: Environment;

  @ApiProperty({ example: '1.0.5', maxLength: MAX_VERSION, pattern: '^v?[0-9][0-9A-Za-z.+-]*$' })
  @Matches(VERSION, { message: 'must be a version of 64 characters at most, such as 1.0.5 or 2.0.0-beta.1' })
  version: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_DESCRIPTION, pattern: TEXT_PATTERN })
  @IsOptional()
  @WellFormed()
  @IsTextOf(0, MAX_DESCRIPTION, A_DESCRIPTION)
  description?: string | null;

  @ApiPropertyOptional({ default: false })
  @UnlessLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  mandatory?: boolean;

  @ApiPropertyOptional({ ...ROLLOUT, default: 100 })
  @UnlessLeftOut()
  @IsInt(WHOLE)
  @Min(0, WHOLE)
  @Max(100, WHOLE)
  rolloutPercentage?: number;
}

export class PromotionInput {
  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment', description: 'The next one by default' })
  @UnlessLeftOut()
  @IsIn(ENVIRONMENTS, ONE_OF_ENVIRONMENTS)
  environment?: Environment;

  @ApiPropertyOptional({ ...ROLLOUT, default: 100 })
  @UnlessLeftOut()
  @IsInt(WHOLE)
  @Min(0, WHOLE)
  @Max(100, WHOLE)
  rolloutPercentage?: number;
}

export class RolloutInput {
  @ApiProperty(ROLLOUT)
  @IsInt(WHOLE)
  @Min(0, WHOLE)
  @Max(100, WHOLE)
  rolloutPercentage: number;
}

export class ReleaseCorrection {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: MAX_DESCRIPTION,
    pattern: TEXT_PATTERN,
    description: 'null: none',
  })
  @ValidateIf((_, value) => value !== null)
  @WellFormed()
  @IsTextOf(0, MAX_DESCRIPTION, A_DESCRIPTION)
  description: string | null;
}

export const releaseView = (entity: ReleaseEntity): Release => {
  const { id, projectId, environment, version, mandatory, description, rolloutPercentage, revision, promotedFromId } =
    entity;
  const createdAt = entity.createdAt.toISOString();
  const updatedAt = entity.updatedAt.toISOString();
  return {
    id,
    projectId,
    environment,
    version,
    mandatory,
    description,
    rolloutPercentage,
    revision,
    promotedFromId,
    createdAt,
    updatedAt,
  };
};
