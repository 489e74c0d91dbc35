import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { CurrentCaller, type Caller } from '#libs/auth';
import {
  ENVIRONMENTS,
  EVENT_TYPES,
  routeMatches,
  type Environment,
  type EventType,
  type ReleaseEventData,
} from '#libs/contracts';
import { Refuses } from '#libs/http';
import { PROVIDERS } from '#libs/providers';
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
}

class RoutePreview {
  @ApiProperty({ type: [PreviewedIntegration] }) items: PreviewedIntegration[];
}

/** Who would be notified of a release, asked before it is made. */
@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations/route-preview')
export class RoutePreviewController {
  constructor(private readonly integrations: IntegrationsQueries) {}

  @Get()
  @ApiOperation({ summary: 'Which integrations would be notified of a release' })
  @ApiOkResponse({ type: RoutePreview })
  @Refuses({ 400: 'A parameter is missing or malformed' })
  async previewRoute(
    @CurrentCaller() { organizationId }: Caller,
    @Query() { projectId, environment, eventType }: RoutePreviewQuery,
  ): Promise<RoutePreview> {
    const data = {
      organizationId,
      project: { id: projectId.toLowerCase() },
      release: { environment },
    } as ReleaseEventData;
    const matching = (await this.integrations.forPreview(organizationId)).filter((entity) =>
      routeMatches(entity, { type: eventType, data }),
    );
    return {
      items: matching.map(({ id, name, provider, enabled, destination }) => ({
        integrationId: id,
        name,
        provider,
        enabled,
        destination,
      })),
    };
  }
}
