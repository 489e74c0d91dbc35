import { MoreThan, type DataSource } from 'typeorm';
import { CannotOpen, kidOf, type Opener, type SealContext, type Sealer } from '#libs/credentials';
import type { SealedValue } from '#libs/contracts';
import { addToOutbox } from '#libs/outbox';
import { stateMessage } from '../integrations/integration-state.js';
import { IntegrationEntity } from '../integrations/integration.entity.js';

const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface KeyRotationTools {
  dataSource: DataSource;
  /** Has the old keys. */
  opener: Opener;
  /** Has the new key. */
  sealer: Sealer;
}

export interface RotationResult {
  seen: number;
  /** Those that were under an old key. */
  sealedAnew: number;
  /** Ids of those that none of the keys opens: they stay as they are. */
  unopened: string[];
  /** What the outbox carries of it. */
  outboxIds: string[];
}

/**
 * Seals every value anew that lies under another key. Each integration is a transaction of its own, beside the running
 * service: it may be stopped at any time, and goes on where it was. The credentials keep their version, for they are the
 * same; nothing is drained by it.
 */
export class KeyRotation {
  constructor(private readonly on: KeyRotationTools) {}

  /** @param stop no further integration is begun once it is aborted */
  async run(stop: AbortSignal): Promise<RotationResult> {
    const result: RotationResult = { seen: 0, sealedAnew: 0, unopened: [], outboxIds: [] };
    let after = FIRST;
    for (;;) {
      const page = await this.on.dataSource.manager.find(IntegrationEntity, {
        where: { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: PAGE,
      });
      for (const entity of page) {
        if (stop.aborted) return result;
        result.seen += 1;
        if (this.isOld(entity)) await this.rotate(entity.id, result);
      }
      const last = page.at(-1);
      if (page.length < PAGE || !last) return result;
      after = last.id;
    }
  }

  private isOld({ credentials, keptCredentials, signingSecrets }: IntegrationEntity): boolean {
    const kept = keptCredentials ? [keptCredentials.sealed] : [];
    const values = [credentials, ...kept, ...signingSecrets.map(({ sealed }) => sealed)];
    return values.some((value) => kidOf(value) !== this.on.sealer.kid);
  }

  private async rotate(id: string, result: RotationResult): Promise<void> {
    try {
      const ids = await this.on.dataSource.transaction(async (manager) => {
        const entity = await manager.findOne(IntegrationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (!entity || !this.isOld(entity)) return []; // deleted, or saved with fresh credentials, meanwhile
        await this.sealAnew(entity);
        entity.version += 1;
        await manager.save(IntegrationEntity, entity);
        return addToOutbox(manager, [stateMessage(entity)]);
      });
      result.sealedAnew += ids.length;
      result.outboxIds.push(...ids);
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      result.unopened.push(id);
    }
  }

  private async sealAnew(entity: IntegrationEntity): Promise<void> {
    const { organizationId, id: integrationId } = entity;
    const bound = { organizationId, integrationId };
    entity.credentials = await this.again(
      { ...bound, purpose: 'credentials', version: entity.sealedVersion ?? entity.credentialsVersion },
      entity.credentials,
    );
    const kept = entity.keptCredentials;
    if (kept) {
      const context = { ...bound, purpose: 'credentials', version: kept.version } as const;
      entity.keptCredentials = { ...kept, sealed: await this.again(context, kept.sealed) };
    }
    const secrets = entity.signingSecrets.map(async (secret) => ({
      ...secret,
      sealed: await this.again({ ...bound, purpose: 'signing-secret', version: secret.version }, secret.sealed),
    }));
    entity.signingSecrets = await Promise.all(secrets);
  }

  private async again(context: SealContext, sealed: SealedValue): Promise<SealedValue> {
    if (kidOf(sealed) === this.on.sealer.kid) return sealed;
    return this.on.sealer.seal(context, await this.on.opener.open(context, sealed));
  }
}
