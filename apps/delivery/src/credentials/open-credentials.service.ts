import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { IntegrationState, KeptCredentials, SealedSigningSecret } from '#libs/contracts';
import { Opener } from '#libs/credentials';
import { withKept } from './with-kept.js';

export interface OpenedCredentials {
  credentials: unknown;
  /** Those that are valid at this moment, the current one first. */
  signingSecrets: string[];
}

interface Cached {
  credentials: unknown;
  secrets: { value: string; validUntil: number }[];
}

const KEPT = 10_000;

/**
 * Names sealed values by their content: after the owner's table was restored, a version may stand for other credentials
 * than before. A tag differs with every sealing.
 */
const sealsOf = ({ id, organizationId, credentials, keptCredentials, signingSecrets }: IntegrationState): string =>
  [
    organizationId,
    id,
    credentials.tag,
    ...(keptCredentials ? [`${keptCredentials.field} of ${keptCredentials.sealed.tag}`] : []),
    ...signingSecrets.map(({ sealed, validUntil }) => `${sealed.tag} ${validUntil}`),
  ].join();

/** Opens each sealed value once and keeps it in memory; it is never written anywhere. */
@Injectable()
export class OpenCredentials {
  private readonly opened = new LRUCache<string, Promise<Cached>>({ max: KEPT });

  constructor(private readonly opener: Opener) {}

  /** @throws where no key of ours opens them */
  async of(state: IntegrationState, now: number): Promise<OpenedCredentials> {
    const key = sealsOf(state);
    let opening = this.opened.get(key);
    if (!opening) {
      opening = this.open(state);
      this.opened.set(key, opening);
      opening.catch(() => this.opened.delete(key));
    }
    return validAt(await opening, now);
  }

  /** The same, and not kept in memory. @throws where no key of ours opens them */
  async once(state: IntegrationState, now: number): Promise<OpenedCredentials> {
    return validAt(await this.open(state), now);
  }

  private async open(state: IntegrationState): Promise<Cached> {
    const { id: integrationId, organizationId } = state;
    const context = { organizationId, integrationId };
    const [credentials, kept, ...secrets] = await Promise.all([
      this.opener.open<unknown>(
        { ...context, purpose: 'credentials', version: state.sealedVersion ?? state.credentialsVersion },
        state.credentials,
      ),
      this.openKept(context, state.keptCredentials),
      ...state.signingSecrets.map((secret) => this.openSecret(context, secret)),
    ]);
    const whole = state.keptCredentials ? withKept(credentials, kept, state.keptCredentials.field) : credentials;
    return { credentials: whole, secrets: secrets as Cached['secrets'] };
  }

  private openKept(
    context: { organizationId: string; integrationId: string },
    kept: KeptCredentials | undefined,
  ): Promise<unknown> {
    if (!kept) return Promise.resolve(undefined);
    return this.opener.open<unknown>({ ...context, purpose: 'credentials', version: kept.version }, kept.sealed);
  }

  private async openSecret(
    context: { organizationId: string; integrationId: string },
    secret: SealedSigningSecret,
  ): Promise<Cached['secrets'][number]> {
    const value = await this.opener.open<string>(
      { ...context, purpose: 'signing-secret', version: secret.version },
      secret.sealed,
    );
    return { value, validUntil: secret.validUntil === null ? Infinity : Date.parse(secret.validUntil) };
  }
}

const validAt = ({ credentials, secrets }: Cached, now: number): OpenedCredentials => ({
  credentials,
  signingSecrets: secrets.filter(({ validUntil }) => validUntil > now).map(({ value }) => value),
});
