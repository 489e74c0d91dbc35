import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { ENVIRONMENTS, EVENT_TYPES, type Environment, type EventType } from '#libs/contracts';
import { IsSeenLines, IsSeenText, LINES_PATTERN, NAME_PATTERN, IsTextOf, WellFormed, UnlessLeftOut } from '#libs/http';
import { PROVIDERS, type Provider } from '#libs/providers';
import { PLAIN_FIELDS } from './plain-fields.js';

const lowerCase = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.toLowerCase() : value,
);
/** Null is a value of its own here, and not the same as left out. */
const unlessNull = ValidateIf((_, value) => value !== null);

export class IntegrationInput {
  @ApiProperty({ enum: PROVIDERS, enumName: 'Provider' })
  @IsIn(PROVIDERS, { message: `must be one of ${PROVIDERS.join(', ')}` })
  provider: Provider;

  @ApiProperty({ example: 'QA team webhook', minLength: 1, maxLength: 200, pattern: NAME_PATTERN })
  @WellFormed((name) => name.trim())
  @IsTextOf(1, 200, 'must be 1 to 200 characters')
  @IsSeenText()
  name: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The project whose releases it receives; null: all projects',
  })
  @unlessNull
  @lowerCase
  @IsUUID('all', { message: 'must be the id of a project, or null for all projects' })
  projectId: string | null;

  @ApiPropertyOptional({
    enum: EVENT_TYPES,
    enumName: 'EventType',
    isArray: true,
    uniqueItems: true,
    description: 'Empty: all',
  })
  @UnlessLeftOut()
  @IsArray({ message: 'must be a list' })
  @ArrayUnique({ message: 'must name each type once' })
  @IsIn(EVENT_TYPES, { each: true, message: `must hold only ${EVENT_TYPES.join(', ')}` })
  eventTypes?: EventType[];

  @ApiPropertyOptional({
    enum: ENVIRONMENTS,
    enumName: 'Environment',
    isArray: true,
    uniqueItems: true,
    description: 'Empty: all',
  })
  @UnlessLeftOut()
  @IsArray({ message: 'must be a list' })
  @ArrayUnique({ message: 'must name each environment once' })
  @IsIn(ENVIRONMENTS, { each: true, message: `must hold only ${ENVIRONMENTS.join(', ')}` })
  environments?: Environment[];

  @ApiPropertyOptional({ default: true })
  @UnlessLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  enabled?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'Also notify it when another destination of its route stops working, and when that works again',
  })
  @UnlessLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  alerts?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 32,
    nullable: true,
    description: 'Webhook: attempts at once. Above 1 the order is given up.',
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 32' })
  @Min(1, { message: 'must be a whole number from 1 to 32' })
  @Max(32, { message: 'must be a whole number from 1 to 32' })
  concurrency?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 200,
    pattern: NAME_PATTERN,
    example: 'Mobile release team, mobile@example.com',
    description: 'Who to ask about it. Shown to everybody of the organization, never sent. null: nobody is named',
  })
  @IsOptional()
  @WellFormed((owner) => owner.trim())
  @IsTextOf(1, 200, 'must be 1 to 200 characters, or null')
  @IsSeenText()
  owner?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 1_000,
    pattern: LINES_PATTERN,
    description:
      'What it is for and what to know of it, in several lines. Shown to everybody of the organization, never sent. null: none',
  })
  @IsOptional()
  @WellFormed((note) => note.replaceAll(/\r\n?/g, '\n').trim())
  @IsTextOf(1, 1_000, 'must be 1 to 1,000 characters, or null')
  @IsSeenLines()
  note?: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { url: 'https://hooks.example.com/nitropush', authorization: 'Bearer …' },
    description: 'As the provider’s tile says. Write-only.',
  })
  @IsObject({ message: 'must be an object' })
  credentials: Record<string, unknown>;
}

/** What is left out stays as it is. Fresh credentials deliver the dead letters. */
export class IntegrationChange extends PartialType(
  PickType(IntegrationInput, [...PLAIN_FIELDS, 'credentials'] as const),
  {
    skipNullProperties: false,
  },
) {}
