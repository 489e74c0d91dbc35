import { setTimeout as wait } from 'node:timers/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from '#libs/observability';

/** Younger keys are used as they are; older ones, too, while the issuer is asked in the background. */
const REFRESH_AFTER_MS = 5 * 60_000;
/** Older keys are used only once the issuer was asked: a key that it withdrew is refused after this time, where it answers. */
const CONFIRM_AFTER_MS = 10 * 60_000;
/** Where it does not answer, the keys of its last answer are used for so long. */
const KEEP_MS = 60 * 60_000;
/** An answer, or that there was none, stands for so long: tokens with unknown keys do not make us flood the issuer. */
const COOLDOWN_MS = 2_000;
/** The same while there is no key at all, as when everything starts at once. */
const FIRST_COOLDOWN_MS = 200;
const ANSWER_WITHIN_MS = 3_000;
/** After a question without an answer, calls do not wait for the next one, for so long. */
const MISS_COUNTS_MS = 30_000;
/** An issuer that starts together with us may not listen yet: nothing is wrong until then. */
const STARTS_WITHIN_MS = 15_000;

type FindKey = ReturnType<typeof createLocalJWKSet>;

/** The issuer did not answer with keys. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * The keys that the identity provider publishes. They outlast its outages for an hour; `createRemoteJWKSet` of jose does
 * not: once its `cacheMaxAge` is over, each look-up waits for the issuer and fails with it, and its cooldown counts only
 * answers.
 */
export class IssuerKeys {
  private known: { find: FindKey; at: number } | undefined;
  /** The last question: still open, or how it ended. */
  private question: { answer: Promise<FindKey>; endedAt: number | undefined } | undefined;
  /** When the last question went without an answer; undefined where it had one. */
  private missedAt: number | undefined;
  private saidSo = false;
  private readonly began: number;

  /** `now` in ms, from a clock that does not jump. */
  constructor(
    private readonly url: string,
    private readonly logger: Pick<Logger, 'warn' | 'info'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.began = now();
  }

  /**
   * The key of a token, as jose asks for it.
   * @throws NoAnswer where no known key can decide and the issuer does not answer; JWKSNoMatchingKey where it has no such key
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const find = await this.usable();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const newer = await this.ask(); // it may be new
      return newer(header, token);
    }
  };

  /** Whether tokens can be checked now; asks the issuer where that is not known. */
  async ready(): Promise<boolean> {
    if (this.age < CONFIRM_AFTER_MS) return true;
    return this.ask().then(
      () => true,
      () => false,
    );
  }

  private get age(): number {
    return this.known ? this.now() - this.known.at : Infinity;
  }

  private async usable(): Promise<FindKey> {
    const { known, age } = this;
    if (!known || age >= KEEP_MS) return this.first();
    const missedLately = this.now() - (this.missedAt ?? -Infinity) < MISS_COUNTS_MS;
    if (age >= CONFIRM_AFTER_MS && !missedLately) return this.ask().catch(() => known.find);
    if (age >= REFRESH_AFTER_MS) this.ask().catch(() => undefined); // `missed` has said it
    return known.find;
  }

  /** Without any key there is nothing but to wait, for as long as one question may take: the issuer may be restarting. */
  private async first(): Promise<FindKey> {
    const deadline = this.now() + ANSWER_WITHIN_MS;
    for (;;) {
      try {
        return await this.ask();
      } catch (error) {
        if (this.now() >= deadline) throw error;
        await wait(FIRST_COOLDOWN_MS);
      }
    }
  }

  /** One question at a time, which all who need it share. */
  private ask(): Promise<FindKey> {
    const { question } = this;
    const cooldown = this.age < KEEP_MS ? COOLDOWN_MS : FIRST_COOLDOWN_MS;
    if (question && (question.endedAt === undefined || this.now() - question.endedAt < cooldown))
      return question.answer;
    const asked: NonNullable<typeof this.question> = { answer: this.fetch(), endedAt: undefined };
    const end = (): void => void (asked.endedAt = this.now());
    asked.answer.then(end, end);
    this.question = asked;
    return asked.answer;
  }

  private async fetch(): Promise<FindKey> {
    const asked = this.now(); // what is withdrawn while it answers was not known
    try {
      const find = createLocalJWKSet(await publishedKeys(this.url));
      this.answered(find, asked);
      return find;
    } catch (error) {
      throw this.missed(error);
    }
  }

  private answered(find: FindKey, at: number): void {
    this.known = { find, at };
    this.missedAt = undefined;
    if (this.saidSo) this.logger.info({ host: this.host }, 'identity-provider.answers-again');
    this.saidSo = false;
  }

  private missed(error: unknown): NoAnswer {
    const { known, age } = this;
    this.missedAt = this.now();
    if (!this.saidSo && (known || this.missedAt - this.began > STARTS_WITHIN_MS)) {
      const keysAgeS = known && Math.round(age / 1000);
      this.logger.warn({ host: this.host, reason: reasonOf(error), keysAgeS }, 'identity-provider.gives-no-keys');
      this.saidSo = true;
    }
    return new NoAnswer('The identity provider gives no keys', { cause: error });
  }

  private get host(): string {
    return new URL(this.url).host;
  }
}

/** `fetch` says what happened to the connection in the cause alone. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

/** @throws whatever is wrong with the answer. An empty set is: an issuer that signs has a key, and one that starts may not have it yet */
async function publishedKeys(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    headers: { accept: 'application/json, application/jwk-set+json' },
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The answer has the status ${response.status}`);
  }
  const set = (await response.json()) as Partial<JSONWebKeySet> | null;
  if (!Array.isArray(set?.keys) || set.keys.length === 0) throw new Error('The answer has no keys');
  return set as JSONWebKeySet;
}
