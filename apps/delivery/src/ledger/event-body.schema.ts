import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { ENVIRONMENTS, DELIVERED_TYPES } from '#libs/contracts';

const UUID = { format: 'uuid' } as const;
const ENVIRONMENT = { enum: ENVIRONMENTS, enumName: 'Environment' } as const;

/** Classes that only document: what fills them is made by `eventBody`. */
class EventBodyProject {
  @ApiProperty(UUID) id: string;
  @ApiProperty() name: string;
}

class EventBodyRelease {
  @ApiProperty(UUID) id: string;
  @ApiProperty() version: string;
  @ApiProperty(ENVIRONMENT) environment: string;
  @ApiProperty() mandatory: boolean;
  @ApiProperty({ type: String, nullable: true }) description: string | null;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 }) rolloutPercentage: number;
  @ApiProperty({ type: 'integer', description: 'Grows with every change: drop what is older' }) revision: number;
}

class EventBodyPrevious {
  @ApiProperty({ type: String, ...ENVIRONMENT, nullable: true }) environment: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) rolloutPercentage: number | null;
}

class EventBodyActor {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

class EventBodyData {
  @ApiProperty() eventId: string;
  @ApiProperty() organizationId: string;
  @ApiProperty() project: EventBodyProject;
  @ApiProperty() release: EventBodyRelease;
  @ApiProperty({ type: EventBodyPrevious, nullable: true }) previous: EventBodyPrevious | null;
  @ApiProperty() actor: EventBodyActor;
  @ApiProperty({ format: 'uri', required: false, description: 'Left out where a publisher gave no web address' })
  url?: string;
}

class AlertBodyDestination {
  @ApiProperty(UUID) id: string;
  @ApiProperty() name: string;
  @ApiProperty() provider: string;
  @ApiProperty({ description: 'Masked' }) target: string;
  @ApiProperty({ ...UUID, type: String, nullable: true, description: 'null: all projects' }) projectId: string | null;
}

class AlertBodyData {
  @ApiProperty() eventId: string;
  @ApiProperty() organizationId: string;
  @ApiProperty() destination: AlertBodyDestination;
  @ApiProperty({ type: 'integer', description: 'Grows with every alert about the destination: drop what is older' })
  change: number;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it last began to fail' }) since: string;
  @ApiProperty({ type: String, nullable: true, description: 'A sentence for a person; null once it has recovered' })
  reason: string | null;
  @ApiProperty({ format: 'uri' }) url: string;
}

@ApiExtraModels(EventBodyData, AlertBodyData)
@ApiSchema({ name: 'EventBody' })
export class EventBodySchema {
  @ApiProperty({ enum: DELIVERED_TYPES, enumName: 'DeliveredType' }) type: string;
  @ApiProperty({ type: String, format: 'date-time' }) timestamp: string;
  @ApiProperty() test: boolean;
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(EventBodyData) }, { $ref: getSchemaPath(AlertBodyData) }] })
  data: EventBodyData | AlertBodyData;
}
