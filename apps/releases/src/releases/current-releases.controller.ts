import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth';
import { PageQuery, Refuses, decodeIdCursor, pageOf } from '#libs/http';
import { Projects } from '../projects/projects.service.js';
import { LISTED } from '../refusals.js';
import { CurrentReleasesPage } from './current-releases.dto.js';
import { releaseView } from './release.dto.js';
import { ReleasesQueries } from './releases.queries.js';

/** Before `releases/:id`, which would take `current` for an id. */
@ApiTags('releases')
@ApiBearerAuth()
@Controller('api/v1/releases/current')
export class CurrentReleasesController {
  constructor(
    private readonly queries: ReleasesQueries,
    private readonly projects: Projects,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The newest release in each environment, by project',
    description: 'Paged by project, in the order of the list of projects.',
  })
  @ApiOkResponse({ type: CurrentReleasesPage })
  @Refuses(LISTED)
  async listCurrentReleases(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<CurrentReleasesPage> {
    const projects = await this.projects.list(caller, decodeIdCursor(cursor), limit);
    const releases = await this.queries.current(projects.slice(0, limit).map(({ id }) => id));
    return pageOf(projects, limit, {
      item: ({ id }) => ({ projectId: id, releases: (releases.get(id) ?? []).map(releaseView) }),
      key: ({ id }) => [id],
    });
  }
}
