import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ENVIRONMENTS, EVENT_TYPES, type Environment, type EventType } from '#libs/contracts';
import { IntegrationInput } from './integration-input.dto.js';
import { UnlessLeftOut } from '#libs/http';

/** Another integration that leads to the same channel, address or recipients, with its route: where both match, a message is there twice. */
export class SameTarget {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null: all projects' })
  projectId: string | null;
  @ApiProperty({ enum: EVENT_TYPES, enumName: 'EventType', isArray: true, description: 'Empty: all' })
  eventTypes: EventType[];
  @ApiProperty({ enum: ENVIRONMENTS, enumName: 'Environment', isArray: true, description: 'Empty: all' })
  environments: Environment[];
}

export class SameTargets {
  @ApiProperty({ type: [SameTarget] }) items: SameTarget[];
}

export class TargetInput extends PickType(IntegrationInput, ['provider', 'credentials'] as const) {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'A saved one that is being edited: it is not among the others',
  })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be the id of an integration' })
  integrationId?: string;
}
