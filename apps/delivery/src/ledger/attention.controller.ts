import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '#libs/auth';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { Standstill } from '../kafka/standstill.service.js';
import { RecipientQueries } from '../recipients/recipient.queries.js';
import { DestinationsQueries } from './destinations.queries.js';

export class Attention {
  @ApiProperty({ type: 'integer', description: 'Destinations that need somebody' }) count: number;
  @ApiProperty({ type: 'integer', description: 'All destinations of the organization' }) of: number;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when no release gets through, to any destination, because the brokers do not answer; else null',
  })
  stalledSince: string | null;
}

/** What every page shows beside the way to the destinations: a figure, not all of them to be counted. */
@ApiTags('deliveries')
@Controller('api/v1/deliveries/attention')
export class AttentionController {
  constructor(
    private readonly integrations: KnownIntegrations,
    private readonly destinations: DestinationsQueries,
    private readonly recipients: RecipientQueries,
    private readonly standstill: Standstill,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'How many destinations need somebody, and whether anything gets through',
    description:
      'Those that are enabled and failing or disconnected, that have failed or held messages, and mail lists with recipients ' +
      'who have not confirmed.',
  })
  @ApiOkResponse({ type: Attention })
  async countAttention(@CurrentCaller() { organizationId }: Caller): Promise<Attention> {
    const own = [...this.integrations.ofOrganization(organizationId)];
    const lists = own.filter(({ provider }) => provider === 'email').map(({ id }) => id);
    const [inNeed, recipients] = await Promise.all([
      this.destinations.inNeed(organizationId, own),
      lists.length === 0 ? [] : this.recipients.counts(lists),
    ]);
    const unconfirmed = [...recipients].filter(([, counts]) => counts.unconfirmed > 0).map(([id]) => id);
    const stalledSince = this.standstill.since?.toISOString() ?? null;
    return { count: new Set([...inNeed, ...unconfirmed]).size, of: own.length, stalledSince };
  }
}
