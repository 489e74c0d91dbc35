import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentCaller, type Caller } from '#libs/auth';
import { Refuses } from '#libs/http';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { MOST_EXPORTED, exportName, exportPieces } from './delivery-export.js';
import { ExportsAtOnce } from './exports-at-once.service.js';
import { ExportDeliveries } from './list-deliveries.dto.js';

@ApiTags('deliveries')
@Controller('api/v1/deliveries/export')
export class ExportController {
  constructor(
    private readonly deliveries: DeliveriesQueries,
    private readonly integrations: KnownIntegrations,
    private readonly running: ExportsAtOnce,
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
