import type { Caller } from '#libs/auth';
import type { Problem } from '#libs/problems';

type Owner = Pick<Caller, 'organizationId' | 'userId'>;

/** What one user and all users of one organization together may have at once. */
export type MostAtOnce = Record<'user' | 'organization', number>;

/** Whose a limit is, as a sentence about it begins. */
export const LIMITED: Record<keyof MostAtOnce, string> = { user: 'One user', organization: 'An organization' };

/** Counts what is running in this process, and refuses more at once than one user or one organization may have. */
export class AtOnce {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly most: MostAtOnce,
    private readonly refusal: (whose: keyof MostAtOnce, most: number) => Problem,
  ) {}

  /**
   * Counts one more until the function that it returns is called.
   * @throws Problem the refusal; the user's own limit comes first
   */
  enter({ organizationId, userId }: Owner): () => void {
    const keys = { user: `${organizationId} ${userId}`, organization: organizationId }; // an organization's id has no space
    for (const whose of ['user', 'organization'] as const)
      if (this.count(keys[whose]) >= this.most[whose]) throw this.refusal(whose, this.most[whose]);
    const running = Object.values(keys);
    for (const key of running) this.counts.set(key, this.count(key) + 1);
    return () => {
      for (const key of running.splice(0)) this.leave(key); // only the first call counts
    };
  }

  private count(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  private leave(key: string): void {
    const left = this.count(key) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}
