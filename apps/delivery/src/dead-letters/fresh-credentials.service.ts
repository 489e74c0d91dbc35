import { Injectable } from '@nestjs/common';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { Ownership } from '../ownership/ownership.service.js';
import { Drain } from './drain.service.js';
import { DrainQueries } from './drain.queries.js';

/** Starts a drain where the credentials of an integration of ours were saved. */
@Injectable()
export class FreshCredentials {
  constructor(
    private readonly integrations: KnownIntegrations,
    private readonly ownership: Ownership,
    private readonly drain: Drain,
    private readonly queries: DrainQueries,
  ) {
    integrations.onChange((id, next, before) => {
      if (!next || !before || !ownership.has(id)) return;
      if (next.credentialsVersion !== before.credentialsVersion) drain.start(next);
    });
  }

  /** Starts those that an earlier owner of our partitions has not ended. */
  async takeUp(): Promise<void> {
    const drained = await this.queries.drainedVersions();
    for (const state of this.integrations.all()) {
      // higher than the current one where the owner's database was restored; 0 where only the health was noted
      const undrained = (drained.get(state.id) || 1) !== state.credentialsVersion;
      if (undrained && this.ownership.has(state.id)) this.drain.start(state);
    }
  }
}
