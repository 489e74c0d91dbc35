import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { PathId, Refuses } from '#libs/http';
import { AcceptedDeliveries, DeliverySelection } from './delivery-selection.dto.js';
import { Redelivery } from './redelivery.service.js';

const MANY = {
  409: 'pending or retrying are among the statuses',
  422: 'The integration does not exist, or a status cannot be changed so',
};

@ApiTags('deliveries')
@Requires('redeliver')
@Controller('api/v1/deliveries')
export class RedeliveryController {
  constructor(private readonly redelivery: Redelivery) {}

  @Post('redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Start a new round of tries for many deliveries of one integration' })
  @ApiAcceptedResponse({ type: AcceptedDeliveries })
  @Refuses(MANY)
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
  @Refuses(MANY)
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
  @Refuses({
    404: 'Unknown, or another organization’s',
    409: 'It is pending or retrying',
    422: 'Its integration no longer exists',
  })
  async redeliverOne(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('delivery')) id: string,
  ): Promise<AcceptedDeliveries> {
    return { count: await this.redelivery.redeliverOne(caller.organizationId, id) };
  }
}
