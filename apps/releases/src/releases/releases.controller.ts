import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { IDEMPOTENCY_HEADER, PathId, Refuses, sendAnswer, type AnswerTarget } from '#libs/http';
import { traceparentOf } from '#libs/observability';
import { REUSED_KEY, UNKNOWN, WRITTEN } from '../refusals.js';
import { PromotionInput, Release, ReleaseCorrection, RolloutInput, releaseView } from './release.dto.js';
import { ReleaseCommands } from './release-commands.service.js';
import { ReleasesQueries } from './releases.queries.js';
import { Releases } from './releases.service.js';

@ApiTags('releases')
@ApiBearerAuth()
@Controller('api/v1/releases/:id')
export class ReleasesController {
  constructor(
    private readonly commands: ReleaseCommands,
    private readonly releases: Releases,
    private readonly queries: ReleasesQueries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'One release' })
  @ApiOkResponse({ type: Release })
  @Refuses(UNKNOWN)
  async getRelease(
    @CurrentCaller() { organizationId }: Caller,
    @Param('id', new PathId('release')) id: string,
  ): Promise<Release> {
    return releaseView(await this.queries.one(organizationId, id));
  }

  @Patch()
  @Requires('release')
  @ApiOperation({
    summary: 'Correct the description of a release; notifies nobody',
    description: 'Its history says what it was before. Messages that were sent stay as they are; later ones show it.',
  })
  @ApiOkResponse({ type: Release })
  @Refuses({ ...WRITTEN, ...UNKNOWN })
  async correctRelease(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('release')) id: string,
    @Body() { description }: ReleaseCorrection,
  ): Promise<Release> {
    return releaseView(await this.releases.correct(caller, id, description));
  }

  @Post('promote')
  @HttpCode(201)
  @Requires('release')
  @ApiOperation({ summary: 'Promote a release to a higher environment; fires release.promoted' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiCreatedResponse({ type: Release })
  @Refuses({
    ...WRITTEN,
    ...UNKNOWN,
    409: 'The version is already in that environment',
    422: `The environment is not higher, or there is none above; or: ${REUSED_KEY}`,
  })
  async promoteRelease(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('release')) id: string,
    @Body() body: PromotionInput,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<Release> {
    const acting = { caller, traceparent: traceparentOf(headers['traceparent']) };
    return sendAnswer(response, await this.commands.promote(acting, { id, body, key: headers['idempotency-key'] }));
  }

  @Patch('rollout')
  @Requires('release')
  @ApiOperation({ summary: 'Change the rollout; fires release.rollout_changed unless it is the same' })
  @ApiOkResponse({ type: Release })
  @Refuses({ ...WRITTEN, ...UNKNOWN })
  async changeRollout(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('release')) id: string,
    @Body() { rolloutPercentage }: RolloutInput,
    @Headers() headers: Record<string, string | undefined>,
  ): Promise<Release> {
    const acting = { caller, traceparent: traceparentOf(headers['traceparent']) };
    return releaseView(await this.releases.changeRollout(acting, id, rolloutPercentage));
  }
}
