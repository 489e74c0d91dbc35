import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { PageQuery, PathId, Refuses, decodeCursor, notACursor, pageOf } from '#libs/http';
import { ActivityListQuery, ActivityPage, activityView } from './activity.dto.js';
import { ActivityQueries, type ActivityFilter, type Place } from './activity.queries.js';

@ApiTags('activity')
@ApiBearerAuth()
@Controller('api/v1/activity')
export class ActivityController {
  constructor(private readonly activity: ActivityQueries) {}

  @Get()
  @Requires('read-activity')
  @ApiOperation({
    summary: 'Who did what, newest first',
    description: 'For owners and admins. It comes within seconds of the change, and is kept for `ACTIVITY_RETENTION`.',
  })
  @ApiOkResponse({ type: ActivityPage })
  @Refuses({ 400: 'A filter, the limit or the cursor is malformed' })
  async listActivity(
    @CurrentCaller() { organizationId }: Caller,
    @Query() { limit, cursor, ...filter }: ActivityListQuery,
  ): Promise<ActivityPage> {
    return this.page(organizationId, filter, { limit, cursor });
  }

  @Get('releases/:id')
  @ApiOperation({
    summary: 'The history of a release, newest first',
    description: 'For everybody who reads releases. Nothing is told of a release that is not there.',
  })
  @ApiOkResponse({ type: ActivityPage })
  @Refuses({ 400: 'The limit or the cursor is malformed', 404: 'The id is malformed' })
  async listReleaseHistory(
    @CurrentCaller() { organizationId }: Caller,
    @Param('id', new PathId('release')) subjectId: string,
    @Query() page: PageQuery,
  ): Promise<ActivityPage> {
    return this.page(organizationId, { subjectId, subjectKind: 'release' }, page);
  }

  private async page(
    organizationId: string,
    filter: ActivityFilter,
    { limit, cursor }: Pick<PageQuery, 'limit' | 'cursor'>,
  ): Promise<ActivityPage> {
    const rows = await this.activity.list(organizationId, filter, placeOf(cursor), limit);
    return pageOf(rows, limit, { item: activityView, key: ({ at, position }) => [at.toISOString(), position] });
  }
}

/** @throws Problem 400 */
function placeOf(cursor: string | undefined): Place | undefined {
  const key = decodeCursor(cursor, 2);
  if (key === undefined) return undefined;
  const [at, position] = key as [string, string];
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,18}$/.test(position)) throw notACursor();
  return { at: new Date(at), position };
}
