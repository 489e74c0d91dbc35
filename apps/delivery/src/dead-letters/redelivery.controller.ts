import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { PathId } from '#libs/http';
import { AcceptedDeliveries, DeliverySelection } from './delivery-selection.dto.js';
import { Redelivery } from './redelivery.service.js';

@ApiTags('deliveries')
@Requires('redeliver')
@Controller('api/v1/deliveries')
export class RedeliveryController {
  constructor(private readonly redelivery: Redelivery) {}

  @Post('redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Start a new round of tries for many deliveries of one integration' })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  async redeliverMany(
    @CurrentCaller() caller: Caller,
    @Body() selection: DeliverySelection,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    return { count: await this.redelivery.redeliver({ ...selection, organizationId }) };
  }

  @Post('discard')
  @HttpCode(202)
  @ApiOperation({ summary: 'Drop dead or held deliveries of one integration' })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  async discardDeliveries(
    @CurrentCaller() caller: Caller,
    @Body() selection: DeliverySelection,
  ): Promise<AcceptedDeliveries> {
    const { organizationId } = caller;
    return { count: await this.redelivery.discard({ ...selection, organizationId }) };
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Start a new round of tries for one delivery' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  async redeliverOne(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('delivery')) id: string,
  ): Promise<AcceptedDeliveries> {
    return { count: await this.redelivery.redeliverOne(caller.organizationId, id) };
  }
}
