import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import {
  IDEMPOTENCY_HEADER,
  PageQuery,
  PathId,
  decodeIdCursor,
  pageOf,
  sendAnswer,
  Refuses,
  type AnswerTarget,
} from '#libs/http';
import { IntegrationChange, IntegrationInput } from './integration-input.dto.js';
import { CreatedIntegration, Integration, IntegrationPage, SigningSecret } from './integration.dto.js';
import { IntegrationCreation } from './integration-creation.service.js';
import { IntegrationViews } from './integration-views.service.js';
import { IntegrationsQueries } from './integrations.queries.js';
import { Integrations } from './integrations.service.js';
import { SameTargets, TargetInput } from './same-target.dto.js';

/** The caller's own token is passed on to delivery. */
interface Authorized {
  authorization: string;
}

const Id = (): ParameterDecorator => Param('id', new PathId('integration'));

@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: Integrations,
    private readonly creation: IntegrationCreation,
    private readonly queries: IntegrationsQueries,
    private readonly views: IntegrationViews,
  ) {}

  @Post()
  @HttpCode(201)
  @Requires('manage-integrations')
  @ApiOperation({
    summary: 'Connect a destination by its form',
    description: 'A webhook’s signing secret is in this answer only; a repetition by Idempotency-Key leaves it out.',
  })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiCreatedResponse({ type: CreatedIntegration })
  @Refuses({
    400: 'A field is missing or malformed',
    409: 'The organization, or this target, has as many integrations as there may be',
    422: 'The provider cannot be set up so, the URL may not be called, the project is not there, or the key belongs to another request',
    503: 'Whether the project is there cannot be told right now',
  })
  async createIntegration(
    @CurrentCaller() caller: Caller,
    @Body() body: IntegrationInput,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<CreatedIntegration> {
    return sendAnswer(response, await this.creation.create(caller, body, key));
  }

  @Get()
  @ApiOperation({ summary: 'Connected destinations, newest first' })
  @ApiOkResponse({ type: IntegrationPage })
  @Refuses({ 400: 'The limit or the cursor is malformed' })
  async listIntegrations(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor }: PageQuery,
    @Headers() { authorization }: Authorized,
  ): Promise<IntegrationPage> {
    const rows = await this.queries.list(caller.organizationId, decodeIdCursor(cursor), limit);
    const { items, nextCursor } = pageOf(rows, limit, { item: (row) => row, key: ({ id }) => [id] });
    return { items: await this.views.of(items, authorization), nextCursor };
  }

  @Post('same-target')
  @HttpCode(200)
  @Requires('manage-integrations')
  @ApiOperation({
    summary: 'Destinations that lead where these credentials lead',
    description: 'Asked before they are saved. None where they cannot be saved as they are. Nothing is stored or sent.',
  })
  @ApiOkResponse({ type: SameTargets })
  @Refuses({ 400: 'A field is missing or malformed', 404: 'The integration is unknown, or another organization’s' })
  async findSameTarget(@CurrentCaller() caller: Caller, @Body() body: TargetInput): Promise<SameTargets> {
    const found = await this.integrations.sameTarget(caller, body);
    return { items: found.map(({ targetKey: _notShown, ...one }) => one) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One connected destination' })
  @ApiOkResponse({ type: Integration })
  @Refuses({ 404: 'Unknown, or another organization’s' })
  async getIntegration(
    @CurrentCaller() { organizationId }: Caller,
    @Id() id: string,
    @Headers() { authorization }: Authorized,
  ): Promise<Integration> {
    return this.views.one(await this.queries.one(organizationId, id), authorization);
  }

  @Patch(':id')
  @Requires('manage-integrations')
  @ApiOperation({
    summary: 'Change a destination',
    description: 'Fresh credentials deliver its dead letters, oldest first.',
  })
  @ApiOkResponse({ type: Integration })
  @Refuses({
    400: 'A field is malformed',
    404: 'Unknown, or another organization’s',
    409: 'The new target has as many integrations as there may be',
    422: 'The URL may not be called, or the project is not there',
    503: 'Whether the project is there cannot be told right now',
  })
  async changeIntegration(
    @CurrentCaller() caller: Caller,
    @Id() id: string,
    @Body() body: IntegrationChange,
    @Headers() { authorization }: Authorized,
  ): Promise<Integration> {
    return this.views.one(await this.integrations.change(caller, id, body), authorization);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('manage-integrations')
  @ApiOperation({ summary: 'Delete a destination; what waits for it is dropped' })
  @ApiNoContentResponse()
  @Refuses({ 404: 'Unknown, or another organization’s' })
  async deleteIntegration(@CurrentCaller() caller: Caller, @Id() id: string): Promise<void> {
    await this.integrations.remove(caller, id);
  }

  @Post(':id/signing-secret/rotate')
  @HttpCode(200)
  @Requires('manage-integrations')
  @ApiOperation({ summary: 'Make a new signing secret; the old one signs along for 24 hours' })
  @ApiOkResponse({ type: SigningSecret })
  @Refuses({ 404: 'Unknown, or another organization’s', 422: 'Only webhooks are signed' })
  async rotateSigningSecret(@CurrentCaller() caller: Caller, @Id() id: string): Promise<SigningSecret> {
    return { signingSecret: await this.integrations.rotateSigningSecret(caller, id) };
  }
}
