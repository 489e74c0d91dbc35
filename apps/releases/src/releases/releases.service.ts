import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import { named, uuidv7, type Environment, type EventType } from '#libs/contracts';
import { LOGGER, type Logger } from '#libs/observability';
import { Outbox } from '#libs/outbox';
import { unprocessable } from '#libs/problems';
import type { ReleasesSettings } from '../releases.config.js';
import { promotionTarget } from './promotion.js';
import type { PromotionInput, ReleaseInput } from './release.dto.js';
import { ReleaseEntity } from './release.entity.js';
import { correctionMessage } from './correction-activity.js';
import { eventMessage, releaseEvent, type Change, type UnnamedMessage } from './release-event.js';
import { ReleasesQueries } from './releases.queries.js';

/** Who does it, and within which trace. */
export interface Acting {
  caller: Caller;
  traceparent: string;
}

/** What can be done with a release. Each change and the event about it commit together. */
@Injectable()
export class Releases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: ReleasesQueries,
    private readonly outbox: Outbox,
    @Inject(SETTINGS) private readonly settings: Pick<ReleasesSettings, 'adminBaseUrl'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async create(
    acting: Acting,
    projectId: string,
    input: ReleaseInput,
    manager?: EntityManager,
  ): Promise<ReleaseEntity> {
    const release = newRelease(acting.caller, {
      projectId,
      environment: input.environment,
      version: input.version,
      mandatory: input.mandatory ?? false,
      description: input.description ?? null,
      rolloutPercentage: input.rolloutPercentage ?? 100,
      revision: 1,
      promotedFromId: null,
    });
    const change: Change = { type: 'release.created', release, previous: null, at: release.createdAt };
    await this.queries.insert(release, this.message(change, acting), manager);
    return release;
  }

  /** @throws Problem 422 where there is no way up from there, 409 where the version is there already */
  async promote(acting: Acting, id: string, input: PromotionInput, manager: EntityManager): Promise<ReleaseEntity> {
    const { release: source } = await this.queries.lock(manager, acting.caller.organizationId, id);
    const release = newRelease(acting.caller, {
      projectId: source.projectId,
      environment: this.target(source.environment, input.environment),
      version: source.version,
      mandatory: source.mandatory,
      description: source.description,
      rolloutPercentage: input.rolloutPercentage ?? 100,
      revision: source.revision + 1,
      promotedFromId: source.id,
    });
    const previous = { environment: source.environment, rolloutPercentage: null };
    const change: Change = { type: 'release.promoted', release, previous, at: release.createdAt };
    await this.queries.insert(release, this.message(change, acting), manager);
    return release;
  }

  /** The same value again changes nothing and is told to nobody. */
  async changeRollout(acting: Acting, id: string, rolloutPercentage: number): Promise<ReleaseEntity> {
    const { dataSource, queries, outbox } = this;
    const { release, changed } = await dataSource.transaction(async (manager) => {
      const { release: found, projectName } = await queries.lock(manager, acting.caller.organizationId, id);
      const before = found.rolloutPercentage;
      if (before === rolloutPercentage) return { release: found, changed: false };
      Object.assign(found, { rolloutPercentage, revision: found.revision + 1, updatedAt: new Date() });
      await manager.save(ReleaseEntity, found);
      const previous = { environment: null, rolloutPercentage: before };
      const change: Change = { type: 'release.rollout_changed', release: found, previous, at: found.updatedAt };
      await outbox.add(manager, [named(this.message(change, acting), projectName)]);
      return { release: found, changed: true };
    });
    outbox.wake();
    if (changed) this.accepted(acting, 'release.rollout_changed', release);
    return release;
  }

  /** Nobody is notified: only the history of the release tells it. The same text again changes nothing. */
  async correct(caller: Caller, id: string, description: string | null): Promise<ReleaseEntity> {
    const { dataSource, queries, outbox } = this;
    const release = await dataSource.transaction(async (manager) => {
      const { release: found, projectName } = await queries.lock(manager, caller.organizationId, id);
      const before = found.description;
      if (before === description) return found;
      Object.assign(found, { description, revision: found.revision + 1, updatedAt: new Date() });
      await manager.save(ReleaseEntity, found);
      await outbox.add(manager, [correctionMessage(caller, { release: found, projectName, before })]);
      return found;
    });
    outbox.wake();
    return release;
  }

  private target(from: Environment, asked: Environment | undefined): Environment {
    const target = promotionTarget(from, asked);
    if (target) return target;
    throw unprocessable(
      'environment',
      asked === undefined
        ? `There is no environment above ${from}.`
        : `A release in ${from} can only be promoted to a higher environment.`,
    );
  }

  private message(change: Change, { caller, traceparent }: Acting): UnnamedMessage {
    return eventMessage(
      releaseEvent(change, { caller, adminBaseUrl: this.settings.adminBaseUrl, traceparent }),
      traceparent,
    );
  }

  /** To be called after the commit: from here on it is never lost. */
  accepted({ caller: { organizationId } }: Acting, type: EventType, release: Accepted): void {
    const { id, projectId, version, environment, revision } = release;
    this.logger.info(
      { releaseId: id, organizationId, projectId, type, version, environment, revision },
      'release.accepted',
    );
  }
}

type Accepted = Pick<ReleaseEntity, 'id' | 'projectId' | 'version' | 'environment' | 'revision'>;
type Given = Omit<ReleaseEntity, 'id' | 'organizationId' | 'createdAt' | 'updatedAt'>;

function newRelease({ organizationId }: Caller, given: Given): ReleaseEntity {
  const now = new Date();
  return Object.assign(new ReleaseEntity(), given, { id: uuidv7(), organizationId, createdAt: now, updatedAt: now });
}
