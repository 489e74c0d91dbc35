import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '#libs/auth';
import { carryOutOnce, type Answer } from '#libs/database';
import type { IntegrationInput } from './integration-input.dto.js';
import { IntegrationStore } from './integration-store.service.js';
import { IntegrationViews } from './integration-views.service.js';
import type { CreatedIntegration } from './integration.dto.js';
import { Integrations } from './integrations.service.js';

/** Connecting a destination by its form, carried out once per Idempotency-Key. */
@Injectable()
export class IntegrationCreation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: Integrations,
    private readonly store: IntegrationStore,
    private readonly views: IntegrationViews,
  ) {}

  /** What is kept for a repetition never holds the signing secret: it is shown once, and stored in the clear nowhere. */
  async create(caller: Caller, body: IntegrationInput, key: string | undefined): Promise<Answer<CreatedIntegration>> {
    // with a key, a repetition is answered before anything is checked again; without, no transaction waits for a name server
    let made = key === undefined ? await this.integrations.prepare(caller, body) : undefined;
    let outboxIds: string[] = [];
    const request = { organizationId: caller.organizationId, key, operation: 'POST /api/v1/integrations', body };
    const answer = await carryOutOnce<CreatedIntegration>(
      this.dataSource,
      request,
      async (manager) => {
        made ??= await this.integrations.prepare(caller, body);
        outboxIds = await this.store.save(manager, caller, made.entity);
        const view = await this.views.created(made.entity, manager);
        return {
          status: 201,
          body: made.signingSecret === undefined ? view : { ...view, signingSecret: made.signingSecret },
        };
      },
      ({ signingSecret: _shownOnce, ...stored }) => stored,
    );
    if (made && !answer.replayed) await this.store.announce(outboxIds, 'integration.created', made.entity);
    return answer;
  }
}
