import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { IDEMPOTENCY_HEADER, PathId, Refuses, decodeIdCursor, pageOf, sendAnswer, type AnswerTarget } from '#libs/http';
import { traceparentOf } from '#libs/observability';
import { Projects } from '../projects/projects.service.js';
import { LISTED, REUSED_KEY, UNKNOWN, WRITTEN } from '../refusals.js';
import { Release, ReleaseInput, ReleaseListQuery, ReleasePage, releaseView } from './release.dto.js';
import { ReleaseCommands } from './release-commands.service.js';
import { ReleasesQueries } from './releases.queries.js';

@ApiTags('releases')
@ApiBearerAuth()
@Controller('api/v1/projects/:projectId/releases')
export class ProjectReleasesController {
  constructor(
    private readonly commands: ReleaseCommands,
    private readonly queries: ReleasesQueries,
    private readonly projects: Projects,
  ) {}

  @Post()
  @HttpCode(201)
  @Requires('release')
  @ApiOperation({ summary: 'Create a release; fires release.created' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiCreatedResponse({ type: Release })
  @Refuses({ ...WRITTEN, ...UNKNOWN, 409: 'The version is already in that environment', 422: REUSED_KEY })
  async createRelease(
    @CurrentCaller() caller: Caller,
    @Param('projectId', new PathId('project')) projectId: string,
    @Body() body: ReleaseInput,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<Release> {
    const acting = { caller, traceparent: traceparentOf(headers['traceparent']) };
    return sendAnswer(
      response,
      await this.commands.create(acting, { projectId, body, key: headers['idempotency-key'] }),
    );
  }

  @Get()
  @ApiOperation({ summary: 'Releases of a project, newest first' })
  @ApiOkResponse({ type: ReleasePage })
  @Refuses({ ...LISTED, ...UNKNOWN })
  async listReleases(
    @CurrentCaller() caller: Caller,
    @Param('projectId', new PathId('project')) projectId: string,
    @Query() { limit, cursor, environment }: ReleaseListQuery,
  ): Promise<ReleasePage> {
    await this.projects.one(caller, projectId);
    const rows = await this.queries.list(projectId, { environment, beforeId: decodeIdCursor(cursor) }, limit);
    return pageOf(rows, limit, { item: releaseView, key: ({ id }) => [id] });
  }
}
