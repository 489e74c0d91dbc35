import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { carryOutOnce } from '#libs/database';
import {
  IDEMPOTENCY_HEADER,
  PageQuery,
  PathId,
  Refuses,
  decodeIdCursor,
  pageOf,
  sendAnswer,
  type AnswerTarget,
} from '#libs/http';
import { LISTED, REUSED_KEY, UNKNOWN, WRITTEN } from '../refusals.js';
import { Project, ProjectInput, ProjectPage, projectView } from './project.dto.js';
import { Projects } from './projects.service.js';

@ApiTags('projects')
@ApiBearerAuth()
@Controller('api/v1/projects')
export class ProjectsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly projects: Projects,
  ) {}

  @Post()
  @HttpCode(201)
  @Requires('release')
  @ApiOperation({ summary: 'Create a project' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiCreatedResponse({ type: Project })
  @Refuses({ ...WRITTEN, 409: 'The organization has as many projects as there may be', 422: REUSED_KEY })
  async createProject(
    @CurrentCaller() caller: Caller,
    @Body() body: ProjectInput,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<Project> {
    const request = { organizationId: caller.organizationId, key, operation: 'POST /api/v1/projects', body };
    let outboxIds: string[] = [];
    const answer = await carryOutOnce(this.dataSource, request, async (manager) => {
      const created = await this.projects.create(manager, caller, body.name);
      outboxIds = created.outboxIds;
      return { status: 201, body: projectView(created.project) };
    });
    await this.projects.seen(outboxIds);
    return sendAnswer(response, answer);
  }

  @Get()
  @ApiOperation({ summary: 'All projects, newest first' })
  @ApiOkResponse({ type: ProjectPage })
  @Refuses(LISTED)
  async listProjects(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: PageQuery): Promise<ProjectPage> {
    const rows = await this.projects.list(caller, decodeIdCursor(cursor), limit);
    return pageOf(rows, limit, { item: projectView, key: ({ id }) => [id] });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One project' })
  @ApiOkResponse({ type: Project })
  @Refuses(UNKNOWN)
  async getProject(@CurrentCaller() caller: Caller, @Param('id', new PathId('project')) id: string): Promise<Project> {
    return projectView(await this.projects.one(caller, id));
  }

  @Patch(':id')
  @Requires('release')
  @ApiOperation({ summary: 'Rename a project' })
  @ApiOkResponse({ type: Project })
  @Refuses({ ...WRITTEN, ...UNKNOWN })
  async renameProject(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('project')) id: string,
    @Body() { name }: ProjectInput,
  ): Promise<Project> {
    return projectView(await this.projects.rename(caller, id, name));
  }
}
