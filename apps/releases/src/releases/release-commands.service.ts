import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EventType } from '#libs/contracts';
import { carryOutOnce, type Answer } from '#libs/database';
import { Outbox } from '#libs/outbox';
import { releaseView, type PromotionInput, type Release, type ReleaseInput } from './release.dto.js';
import { Releases, type Acting } from './releases.service.js';

/** The calls that make a release, each carried out once per Idempotency-Key. */
@Injectable()
export class ReleaseCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly releases: Releases,
    private readonly outbox: Outbox,
  ) {}

  /** Without a key, one statement does it all, and has its event published. */
  async create(
    acting: Acting,
    { projectId, body, key }: { projectId: string; body: ReleaseInput; key: string | undefined },
  ): Promise<Answer<Release>> {
    const answer =
      key === undefined
        ? { status: 201, body: releaseView(await this.releases.create(acting, projectId, body)), replayed: false }
        : await carryOutOnce(
            this.dataSource,
            { ...requestOf(acting, `POST /api/v1/projects/${projectId}/releases`, body), key },
            async (manager) => ({
              status: 201,
              body: releaseView(await this.releases.create(acting, projectId, body, manager)),
            }),
          );
    if (key !== undefined) this.outbox.wake();
    return this.done(acting, 'release.created', answer);
  }

  async promote(
    acting: Acting,
    { id, body, key }: { id: string; body: PromotionInput; key: string | undefined },
  ): Promise<Answer<Release>> {
    const answer = await carryOutOnce(
      this.dataSource,
      { ...requestOf(acting, `POST /api/v1/releases/${id}/promote`, body), key },
      async (manager) => ({
        status: 201,
        body: releaseView(await this.releases.promote(acting, id, body, manager)),
      }),
    );
    this.outbox.wake();
    return this.done(acting, 'release.promoted', answer);
  }

  private done(acting: Acting, type: EventType, answer: Answer<Release>): Answer<Release> {
    if (!answer.replayed) this.releases.accepted(acting, type, answer.body);
    return answer;
  }
}

const requestOf = (
  { caller }: Acting,
  operation: string,
  body: unknown,
): { organizationId: string; operation: string; body: unknown } => ({
  organizationId: caller.organizationId,
  operation,
  body,
});
