import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsUUID } from 'class-validator';
import { CurrentCaller, type Caller } from '#libs/auth';
import type { DeliveryStatus, Health } from '#libs/contracts';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { RecipientQueries, type RecipientCounts } from '../recipients/recipient.queries.js';
import { DestinationsQueries, noneOpen, type OpenCounts } from './destinations.queries.js';

const MOST_IDS = 100;

class DestinationIds {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase().split(',') : value))
  @ArrayNotEmpty({ message: 'must name at least one integration' })
  @ArrayMaxSize(MOST_IDS, { message: `must name ${MOST_IDS} integrations at most` })
  @IsUUID('all', { each: true, message: 'must be UUIDs, separated by commas' })
  ids: string[];
}

interface Destination {
  integrationId: string;
  health: Health;
  counts: OpenCounts;
  lastDelivery: { id: string; status: DeliveryStatus; at: string } | null;
  /** Of email alone. */
  recipients: RecipientCounts | null;
}

/** What the service that owns the integrations shows beside each of them, asked with the caller's own token. */
@ApiExcludeController()
@Controller('internal/v1/destinations')
export class InternalDestinationsController {
  constructor(
    private readonly destinations: DestinationsQueries,
    private readonly integrations: KnownIntegrations,
    private readonly recipients: RecipientQueries,
  ) {}

  @Get()
  async listDestinations(
    @CurrentCaller() caller: Caller,
    @Query() { ids }: DestinationIds,
  ): Promise<{ items: Destination[] }> {
    const { organizationId } = caller;
    const own = [...new Set(ids)].filter((id) => this.mayBeOf(organizationId, id));
    const lists = own.filter((id) => this.integrations.get(id)?.provider === 'email');
    const [counts, rows, recipients] = await Promise.all([
      this.destinations.openCounts(own.filter((id) => this.integrations.get(id))),
      this.destinations.healthAndLast(organizationId, own),
      lists.length === 0 ? new Map<string, RecipientCounts>() : this.recipients.counts(lists),
    ]);
    const items = rows.map(({ id, health, last }) => ({
      integrationId: id,
      health: health ?? 'unknown',
      counts: counts.get(id) ?? noneOpen(),
      lastDelivery: last && { id: last.id, status: last.status, at: last.at.toISOString() },
      recipients: recipients.get(id) ?? null,
    }));
    return { items };
  }

  /** One that was made a moment ago may not be known here yet: it has no deliveries, and is shown so. */
  private mayBeOf(organizationId: string, id: string): boolean {
    const state = this.integrations.get(id);
    return state === undefined || state.organizationId === organizationId;
  }
}
