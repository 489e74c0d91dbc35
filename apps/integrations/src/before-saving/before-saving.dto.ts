import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import {
  DELIVERED_TYPES,
  ENVIRONMENTS,
  ERROR_CODES,
  MAX_DESCRIPTION,
  MAX_VERSION,
  type DeliveredType,
  type Environment,
  type ErrorCode,
} from '#libs/contracts';
import { IsTextOf, TEXT_PATTERN, UnlessLeftOut, WellFormed } from '#libs/http';
import { SampleChoice } from '../test-deliveries/sample-choice.dto.js';
import { IntegrationInput } from '../integrations/integration-input.dto.js';

const PERCENTAGE = 'must be a whole number from 0 to 100';

export class UnsavedTestInput extends IntersectionType(
  PickType(IntegrationInput, ['provider', 'credentials'] as const),
  SampleChoice,
) {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'A saved one that is being edited: what is left out of its credentials stays',
  })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be the id of an integration' })
  integrationId?: string;
}

/** How a test of what is not saved ended. */
export class UnsavedTestResult {
  @ApiProperty({ enum: ['delivered', 'failed'] }) outcome: 'delivered' | 'failed';
  @ApiProperty({ type: 'integer', nullable: true }) statusCode: number | null;
  @ApiProperty({ type: String, enum: ERROR_CODES, enumName: 'ErrorCode', nullable: true }) errorCode: ErrorCode | null;
  @ApiProperty({ type: String, nullable: true, description: 'A sentence for a person' }) error: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The first 4 KB, secrets masked' }) responseBody:
    | string
    | null;
  @ApiProperty({ type: 'integer' }) durationMs: number;
}

/** What is left out is a sample. */
export class PreviewInput extends IntersectionType(
  PickType(IntegrationInput, ['provider'] as const),
  OmitType(SampleChoice, ['eventType'] as const),
) {
  @ApiPropertyOptional({
    enum: DELIVERED_TYPES,
    enumName: 'DeliveredType',
    description: 'Left out: a message of each. An alert is about a sample destination',
  })
  @UnlessLeftOut()
  @IsIn(DELIVERED_TYPES, { message: `must be one of ${DELIVERED_TYPES.join(', ')}` })
  eventType?: DeliveredType;

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_VERSION, pattern: TEXT_PATTERN })
  @UnlessLeftOut()
  @WellFormed()
  @IsTextOf(1, MAX_VERSION, `must be 1 to ${MAX_VERSION} characters`)
  version?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_DESCRIPTION, pattern: TEXT_PATTERN })
  @IsOptional()
  @WellFormed()
  @IsTextOf(0, MAX_DESCRIPTION, `must be ${MAX_DESCRIPTION} characters at most, without NUL characters`)
  description?: string | null;

  @ApiPropertyOptional()
  @UnlessLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  mandatory?: boolean;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 100 })
  @UnlessLeftOut()
  @IsInt({ message: PERCENTAGE })
  @Min(0, { message: PERCENTAGE })
  @Max(100, { message: PERCENTAGE })
  rolloutPercentage?: number;

  @ApiPropertyOptional({ enum: ENVIRONMENTS, enumName: 'Environment', description: 'Of a promotion' })
  @UnlessLeftOut()
  @IsIn(ENVIRONMENTS, { message: `must be one of ${ENVIRONMENTS.join(', ')}` })
  previousEnvironment?: Environment;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 100, description: 'Of a changed rollout' })
  @UnlessLeftOut()
  @IsInt({ message: PERCENTAGE })
  @Min(0, { message: PERCENTAGE })
  @Max(100, { message: PERCENTAGE })
  previousRolloutPercentage?: number;
}

export class MessagePreview {
  @ApiProperty({ enum: DELIVERED_TYPES, enumName: 'DeliveredType' }) eventType: DeliveredType;
  @ApiProperty({ enum: ['POST', 'MAIL'] }) method: 'POST' | 'MAIL';
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Secrets masked' })
  headers: Record<string, string>;
  @ApiProperty({ description: 'As it is posted; the text of a mail' }) body: string;
}

export class MessagePreviews {
  @ApiProperty({ type: [MessagePreview] }) items: MessagePreview[];
}
