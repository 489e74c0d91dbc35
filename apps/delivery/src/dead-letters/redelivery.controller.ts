import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { DataSource } from 'typeorm';
import { answerOnce, type IdempotentRequest } from '#libs/database';
import { IDEMPOTENCY_HEADER, PathId, Refuses, sendAnswer, type AnswerTarget } from '#libs/http';
import { AcceptedDeliveries, DeliveriesOfOne, DeliverySelection } from './delivery-selection.dto.js';
import { Redelivery } from './redelivery.service.js';
import { RetryNow } from './retry-now.service.js';

const MANY = {
  409: 'pending or retrying are among the statuses, or the destination is disconnected',
  422: 'The integration does not exist',
};
const MANY_DISCARDED = {
  409: 'pending or retrying are among the statuses',
  422: 'The integration does not exist, or a status cannot be changed so',
};

@ApiTags('deliveries')
@Requires('redeliver')
@Controller('api/v1/deliveries')
export class RedeliveryController {
  constructor(
    private readonly redelivery: Redelivery,
    private readonly retryNow: RetryNow,
    private readonly dataSource: DataSource,
  ) {}

  @Post('redeliver')
  @HttpCode(202)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({ summary: 'Start a new round of tries for many deliveries of one integration' })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  @Refuses(MANY)
  async redeliverMany(
    @CurrentCaller() caller: Caller,
    @Body() selection: DeliverySelection,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    const request = { organizationId, key, operation: 'POST /api/v1/deliveries/redeliver', body: selection };
    return this.once(response, request, () => this.redelivery.redeliver(caller, selection));
  }

  @Post('discard')
  @HttpCode(202)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({ summary: 'Drop dead or held deliveries of one integration' })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  @Refuses(MANY_DISCARDED)
  async discardDeliveries(
    @CurrentCaller() caller: Caller,
    @Body() selection: DeliverySelection,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    const request = { organizationId, key, operation: 'POST /api/v1/deliveries/discard', body: selection };
    return this.once(response, request, () => this.redelivery.discard(caller, selection));
  }

  @Post('retry-now')
  @HttpCode(202)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: 'Make the next try of what is retrying now, in the same round',
    description: 'It takes the place of the try that is due later. A try that is due already is not counted.',
  })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  @Refuses({ 409: 'The destination is disabled or disconnected', 422: 'The integration does not exist' })
  async retryDeliveriesNow(
    @CurrentCaller() caller: Caller,
    @Body() selection: DeliveriesOfOne,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    const request = { organizationId, key, operation: 'POST /api/v1/deliveries/retry-now', body: selection };
    return this.once(response, request, () => this.retryNow.retry({ ...selection, organizationId }));
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({ summary: 'Start a new round of tries for one delivery' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  @Refuses({
    404: 'Unknown, or another organization’s',
    409: 'It is pending or retrying, or its destination is disconnected',
    422: 'Its integration no longer exists',
  })
  async redeliverOne(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('delivery')) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    const request = { organizationId, key, operation: `POST /api/v1/deliveries/${id}/redeliver`, body: undefined };
    return this.once(response, request, () => this.redelivery.redeliverOne(caller, id));
  }

  private async once(
    response: AnswerTarget,
    request: IdempotentRequest,
    work: () => Promise<number>,
  ): Promise<AcceptedDeliveries> {
    return sendAnswer(
      response,
      await answerOnce(this.dataSource, request, async () => ({ status: 202, body: { count: await work() } })),
    );
  }
}
