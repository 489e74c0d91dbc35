import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { CurrentCaller, type Caller } from '#libs/auth';
import type { DeliveredEvent } from '#libs/contracts';
import { PathId, Refuses, decodeCursor, encodeCursor, notACursor } from '#libs/http';
import { notFound } from '#libs/problems';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { eventBody } from '../providers/event-body.js';
import { sentRequest } from '../providers/provider-list.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { attemptView, type AttemptRow } from './attempt-row.js';
import { deliveryView, type DeliveryRow } from './delivery-row.js';
import { DeliveryOne, DeliveryPage, type SentRequestView } from './delivery.dto.js';
import { CountDeliveries, DeliveryCount, ListDeliveries, MOST_COUNTED } from './list-deliveries.dto.js';
import type { DeliveryPosition } from './list-statement.js';

@ApiTags('deliveries')
@Controller('api/v1/deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesQueries,
    private readonly integrations: KnownIntegrations,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Deliveries, newest first' })
  @ApiOkResponse({ type: DeliveryPage })
  @Refuses({ 400: 'A filter or the cursor is malformed' })
  async listDeliveries(@CurrentCaller() caller: Caller, @Query() query: ListDeliveries): Promise<DeliveryPage> {
    const { limit, cursor, ...filter } = query;
    const { rows, next } = await this.deliveries.list(caller.organizationId, filter, limit, positionOf(cursor));
    return { items: rows.map(deliveryView), nextCursor: next ? cursorOf(next) : null };
  }

  @Get('count')
  @ApiOperation({ summary: 'How many deliveries a command about these would be about; tests are left out' })
  @ApiOkResponse({ type: DeliveryCount })
  @Refuses({ 400: 'A filter is missing or malformed' })
  async countDeliveries(@CurrentCaller() caller: Caller, @Query() filter: CountDeliveries): Promise<DeliveryCount> {
    const counted = await this.deliveries.count(caller.organizationId, filter, MOST_COUNTED + 1);
    return { count: Math.min(counted, MOST_COUNTED), more: counted > MOST_COUNTED };
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
    return {
      ...deliveryView(row),
      event: eventBody(row.event, row.test),
      attempts: attempts.map(attemptView),
      request: this.requestOf(row, attempts.at(-1)),
    };
  }

  private requestOf(
    row: DeliveryRow & { event: DeliveredEvent },
    last: AttemptRow | undefined,
  ): SentRequestView | null {
    const integration = this.integrations.get(row.integration_id);
    if (!integration) return null;
    const attempt = { number: last?.number ?? 1, startedAt: last?.started_at ?? row.event_at };
    const sent = sentRequest(integration.provider, { deliveryId: row.id, event: row.event, test: row.test, attempt });
    return sent && { ...sent, destination: integration.destination };
  }
}

const cursorOf = ({ eventAt, id }: DeliveryPosition): string => encodeCursor([String(eventAt.getTime()), id]);

function positionOf(cursor: string | undefined): DeliveryPosition | undefined {
  const key = decodeCursor(cursor, 2);
  if (!key) return undefined;
  const [time, id] = key as [string, string];
  const eventAt = new Date(Number(time));
  if (!Number.isNaN(eventAt.getTime()) && isUUID(id)) return { eventAt, id };
  throw notACursor();
}
