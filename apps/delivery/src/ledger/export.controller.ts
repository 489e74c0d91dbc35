import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentCaller, type Caller } from '#libs/auth';
import { AtOnce, LIMITED, Refuses, type MostAtOnce } from '#libs/http';
import { Problem } from '#libs/problems';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { MOST_EXPORTED, exportName, exportPieces } from './delivery-export.js';
import { ExportDeliveries } from './list-deliveries.dto.js';

/** An export reads as fast as the database gives: more at once would slow down everybody's lists. */
const MOST_AT_ONCE = { user: 2, organization: 4 };

@ApiTags('deliveries')
@Controller('api/v1/deliveries/export')
export class ExportController {
  private readonly running = new AtOnce(MOST_AT_ONCE, tooMany);

  constructor(
    private readonly deliveries: DeliveriesQueries,
    private readonly integrations: KnownIntegrations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Deliveries as a CSV file, newest first',
    description:
      `RFC 4180 in UTF-8 with a byte order mark. At most ${MOST_EXPORTED.toLocaleString('en')} rows; where there are more, the last ` +
      'line says so. A text that a spreadsheet would run as a formula has an apostrophe before it.',
  })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Refuses({ 400: 'A filter is malformed', 429: 'The user, or the organization, has its most exports running' })
  async exportDeliveries(
    @CurrentCaller() caller: Caller,
    @Query() filter: ExportDeliveries,
    @Res() response: Response,
  ): Promise<void> {
    const end = this.running.enter(caller);
    try {
      await this.write(caller.organizationId, filter, response);
    } finally {
      end();
    }
  }

  private async write(organizationId: string, filter: ExportDeliveries, response: Response): Promise<void> {
    const pieces = exportPieces(
      (limit, after) => this.deliveries.list(organizationId, filter, limit, after),
      (id) => this.integrations.get(id),
    );
    const first = await pieces.next(); // what fails so early is still answered with a refusal
    response.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${exportName(filter, new Date())}"`,
    });
    if (first.done !== true) response.write(first.value);
    try {
      await pipeline(Readable.from(pieces), response);
    } catch (error) {
      // a client that left has ended the reading; any other error cuts the connection, so that the client sees a broken file
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    }
  }
}

function tooMany(whose: keyof MostAtOnce, most: number): Problem {
  return new Problem(429, 'too-many-exports', 'Too many exports are running', {
    detail: `${LIMITED[whose]} may have ${most} exports at once. Wait until one has ended.`,
    retryAfterSeconds: 5,
  });
}
