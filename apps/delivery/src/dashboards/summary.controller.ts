import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth';
import { Refuses } from '#libs/http';
import { DeliverySummary, SummaryQuery } from './delivery-summary.dto.js';
import { SummaryService } from './summary.service.js';

@ApiTags('deliveries')
@Controller('api/v1/deliveries/summary')
export class SummaryController {
  constructor(private readonly summaries: SummaryService) {}

  @Get()
  @ApiOperation({ summary: 'Counts and latencies over time and per integration; of one that is not there, nothing' })
  @ApiOkResponse({ type: DeliverySummary })
  @Refuses({ 400: '`since` or the id is malformed', 422: '`since` is to come, or more than 90 days ago' })
  getDeliverySummary(@CurrentCaller() caller: Caller, @Query() query: SummaryQuery): Promise<DeliverySummary> {
    return this.summaries.summary(caller.organizationId, query, new Date());
  }
}
