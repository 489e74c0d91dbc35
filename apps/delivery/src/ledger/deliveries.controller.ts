import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { CurrentCaller, type Caller } from '#libs/auth';
import { PathId, Refuses, decodeCursor, pageOf } from '#libs/http';
import { invalidInput, notFound } from '#libs/problems';
import { eventBody } from '../providers/event-body.js';
import { DeliveriesQueries, type DeliveryPosition } from './deliveries.queries.js';
import { attemptView, deliveryView } from './delivery-view.js';
import { DeliveryOne, DeliveryPage } from './delivery.dto.js';
import { ListDeliveries } from './list-deliveries.dto.js';

@ApiTags('deliveries')
@Controller('api/v1/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesQueries) {}

  @Get()
  @ApiOperation({ summary: 'Deliveries, newest first' })
  @ApiOkResponse({ type: DeliveryPage })
  @Refuses({ 400: 'A filter or the cursor is malformed' })
  async listDeliveries(@CurrentCaller() caller: Caller, @Query() query: ListDeliveries): Promise<DeliveryPage> {
    const { limit, cursor, ...filter } = query;
    const rows = await this.deliveries.list(caller.organizationId, filter, limit + 1, positionOf(cursor));
    return pageOf(rows, limit, { item: deliveryView, key: ({ event_at, id }) => [String(event_at.getTime()), id] });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One delivery with its event and every attempt' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: DeliveryOne })
  @Refuses({ 404: 'Unknown, or another organization’s' })
  async getDelivery(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('delivery')) id: string,
  ): Promise<DeliveryOne> {
    const row = await this.deliveries.one(caller.organizationId, id);
    if (!row) throw notFound('delivery');
    const attempts = await this.deliveries.attemptsOf(row);
    return { ...deliveryView(row), event: eventBody(row.event, row.test), attempts: attempts.map(attemptView) };
  }
}

function positionOf(cursor: string | undefined): DeliveryPosition | undefined {
  const key = decodeCursor(cursor, 2);
  if (!key) return undefined;
  const [time, id] = key as [string, string];
  const eventAt = new Date(Number(time));
  if (!Number.isNaN(eventAt.getTime()) && isUUID(id)) return { eventAt, id };
  throw invalidInput([{ field: 'cursor', message: 'is not a cursor of this list' }]);
}
