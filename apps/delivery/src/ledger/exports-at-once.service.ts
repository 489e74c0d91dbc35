import { Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { Problem } from '#libs/problems';

/** An export reads as fast as the database gives: more at once would slow down everybody's lists. */
const MOST_EXPORTS = 4;
/** Of those, for one user. */
const MOST_EXPORTS_OF_ONE = 2;

/** The exports that are being written, by organization; of this instance. */
@Injectable()
export class ExportsAtOnce {
  private readonly usersByOrganization = new Map<string, string[]>();

  /**
   * Counts one more; the answer ends it.
   * @throws Problem 429 where the user or the organization has its most exports already
   */
  enter({ organizationId, userId }: Pick<Caller, 'organizationId' | 'userId'>): () => void {
    const users = this.usersByOrganization.get(organizationId) ?? [];
    if (users.length >= MOST_EXPORTS) throw tooMany(`An organization may have ${MOST_EXPORTS} exports at once.`);
    if (users.filter((user) => user === userId).length >= MOST_EXPORTS_OF_ONE)
      throw tooMany(`One user may have ${MOST_EXPORTS_OF_ONE} exports at once.`);
    this.usersByOrganization.set(organizationId, [...users, userId]);
    return () => this.leave(organizationId, userId);
  }

  private leave(organizationId: string, userId: string): void {
    const users = this.usersByOrganization.get(organizationId)!;
    const left = users.toSpliced(users.indexOf(userId), 1);
    if (left.length > 0) this.usersByOrganization.set(organizationId, left);
    else this.usersByOrganization.delete(organizationId);
  }
}

const tooMany = (limit: string): Problem =>
  new Problem(429, 'too-many-exports', 'Too many exports are running', {
    detail: `${limit} Wait until one has ended.`,
    retryAfterSeconds: 5,
  });
