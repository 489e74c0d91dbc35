import { ApiProperty } from '@nestjs/swagger';
import { IsSeenText, NAME_PATTERN, IsTextOf, WellFormed } from '#libs/http';
import type { ProjectEntity } from './project.entity.js';

const UUID = { format: 'uuid' } as const;
const TIME = { type: String, format: 'date-time' } as const;

export class Project {
  @ApiProperty(UUID) id: string;
  @ApiProperty({ example: 'NitroPush iOS' }) name: string;
  @ApiProperty(TIME) createdAt: string;
  @ApiProperty(TIME) updatedAt: string;
}

export class ProjectPage {
  @ApiProperty({ type: [Project] }) items: Project[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

export class ProjectInput {
  @ApiProperty({ example: 'NitroPush iOS', minLength: 1, maxLength: 200, pattern: NAME_PATTERN })
  @WellFormed((name) => name.trim())
  @IsTextOf(1, 200, 'must be 1 to 200 characters')
  @IsSeenText()
  name: string;
}

export const projectView = ({ id, name, createdAt, updatedAt }: ProjectEntity): Project => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
