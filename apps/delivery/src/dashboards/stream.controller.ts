import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { Response } from 'express';
import { CurrentCaller, type Caller } from '#libs/auth';
import { Refuses, UnlessLeftOut } from '#libs/http';
import { AttemptEvent } from './attempt-event.dto.js';
import { AttemptStreams } from './attempt-streams.service.js';
import { StreamClient } from './stream-client.js';
import { placeOf } from './stream-position.js';

class StreamQuery {
  @ApiPropertyOptional({ description: 'Like the header Last-Event-ID, for clients that cannot set it' })
  @UnlessLeftOut()
  @IsString()
  @MaxLength(40)
  lastEventId?: string;
}

@ApiTags('deliveries')
@ApiExtraModels(AttemptEvent)
@Controller('api/v1/deliveries/stream')
export class StreamController {
  constructor(private readonly streams: AttemptStreams) {}

  @Get()
  @ApiOperation({
    summary: 'Every attempt as it happens',
    description:
      'Server-sent events of the type `attempt`, their ids growing. A client that comes back with the last id it saw gets ' +
      'what it missed, 1,000 attempts at most. The stream ends when the token does.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { $ref: getSchemaPath(AttemptEvent) } } } })
  @Refuses({ 400: 'The id is not one of this stream', 429: 'The organization, or the user, has its most streams open' })
  async streamAttempts(
    @CurrentCaller() caller: Caller,
    @Query() { lastEventId }: StreamQuery,
    @Headers('last-event-id') header: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const after = placeOf(header ?? lastEventId);
    const end = this.streams.admit(caller);
    try {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      const client = new StreamClient(response, caller.expiresAt * 1000);
      await this.streams.serve(caller.organizationId, client, after);
    } finally {
      end();
    }
  }
}
