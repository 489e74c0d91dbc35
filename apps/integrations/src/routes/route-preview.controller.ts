import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { CurrentCaller, type Caller } from '#libs/auth';
import {
  ENVIRONMENTS,
  EVENT_TYPES,
  HEALTHS,
  routeMatches,
  type Environment,
  type EventType,
  type Health,
  type ReleaseEventData,
} from '#libs/contracts';
import { Refuses } from '#libs/http';
import { PROVIDERS } from '#libs/providers';
import { DestinationStatusClient } from '../integrations/destination-status.client.js';
import { IntegrationsQueries } from '../integrations/integrations.queries.js';

class RoutePreviewQuery {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be the id of a project' })
  projectId: string;

  @ApiProperty({ enum: ENVIRONMENTS, enumName: 'Environment' })
  @IsIn(ENVIRONMENTS, { message: `must be one of ${ENVIRONMENTS.join(', ')}` })
  environment: Environment;

  @ApiProperty({ enum: EVENT_TYPES, enumName: 'EventType' })
  @IsIn(EVENT_TYPES, { message: `must be one of ${EVENT_TYPES.join(', ')}` })
  eventType: EventType;
}

class PreviewedIntegration {
  @ApiProperty({ format: 'uuid' }) integrationId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: PROVIDERS, enumName: 'Provider' }) provider: string;
  @ApiProperty() enabled: boolean;
  @ApiProperty({ description: 'Masked' }) destination: string;
  @ApiProperty({
    type: String,
    enum: HEALTHS,
    enumName: 'Health',
    nullable: true,
    description: 'needs_reconnect: it is not notified before it is reconnected; null: not known right now',
  })
  health: Health | null;
}

class RoutePreview {
  @ApiProperty({ type: [PreviewedIntegration] }) items: PreviewedIntegration[];
}

/** Who would be notified of a release, asked before it is made. */
@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations/route-preview')
export class RoutePreviewController {
  constructor(
    private readonly integrations: IntegrationsQueries,
    private readonly statuses: DestinationStatusClient,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Which integrations a release concerns, and which of them would not be notified',
    description:
      'One that is not enabled has its message held; one that needs to be reconnected has it as a dead letter.',
  })
  @ApiOkResponse({ type: RoutePreview })
  @Refuses({ 400: 'A parameter is missing or malformed' })
  async previewRoute(
    @CurrentCaller() { organizationId }: Caller,
    @Query() { projectId, environment, eventType }: RoutePreviewQuery,
    @Headers() { authorization }: { authorization: string },
  ): Promise<RoutePreview> {
    const data = {
      organizationId,
      project: { id: projectId.toLowerCase() },
      release: { environment },
    } as ReleaseEventData;
    const matching = (await this.integrations.forPreview(organizationId)).filter((entity) =>
      routeMatches(entity, { type: eventType, data }),
    );
    const statuses = await this.statuses.of(
      matching.map(({ id }) => id),
      authorization,
    );
    return {
      items: matching.map(({ id, name, provider, enabled, destination }) => ({
        integrationId: id,
        name,
        provider,
        enabled,
        destination,
        health: statuses.get(id)?.status?.health ?? null,
      })),
    };
  }
}
