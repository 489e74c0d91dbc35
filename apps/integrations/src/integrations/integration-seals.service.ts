import { Injectable } from '@nestjs/common';
import type { KeptCredentials } from '#libs/contracts';
import { Sealer } from '#libs/credentials';
import type { CheckedCredentials, ChangedCredentials } from '#libs/providers';
import type { IntegrationEntity } from './integration.entity.js';
import { newSigningSecret, rotated } from './signing-secret.js';

/** Puts sealed values on an integration, each bound to it and to its version. */
@Injectable()
export class IntegrationSeals {
  constructor(private readonly sealer: Sealer) {}

  /** Seals under the entity's `credentialsVersion`, which must be the new one already. */
  async credentials(entity: IntegrationEntity, { plain, destination, secrets }: CheckedCredentials): Promise<void> {
    const { organizationId, id: integrationId, credentialsVersion: version } = entity;
    const context = { organizationId, integrationId, purpose: 'credentials', version } as const;
    entity.sealedVersion = null;
    entity.credentials = await this.sealer.seal(context, plain);
    entity.destination = destination;
    entity.keptCredentials = null;
    entity.storedSecrets = secrets ?? null;
  }

  /** Seals what changes under a new version; what stays remains in the sealed value that holds it. */
  async change(entity: IntegrationEntity, changed: ChangedCredentials): Promise<void> {
    const kept = keptFor(entity, changed.keep);
    entity.credentialsVersion += 1;
    await this.credentials(entity, changed);
    entity.keptCredentials = kept;
  }

  /** Answers the new secret; the one before it signs along for 24 hours. */
  async newSigningSecret(entity: IntegrationEntity, now: Date): Promise<string> {
    const secret = newSigningSecret();
    const { organizationId, id: integrationId } = entity;
    const version = (entity.signingSecrets[0]?.version ?? 0) + 1;
    const context = { organizationId, integrationId, purpose: 'signing-secret', version } as const;
    entity.signingSecrets = rotated(
      entity.signingSecrets,
      { sealed: await this.sealer.seal(context, secret), version },
      now,
    );
    return secret;
  }
}

/** Each of two sealed values holds one part once something was kept: the kept one its `field`, the current one the rest. */
function keptFor(entity: IntegrationEntity, field: string | null): KeptCredentials | null {
  const { credentials: sealed, credentialsVersion, sealedVersion, keptCredentials } = entity;
  if (field === null) return null;
  if (keptCredentials?.field === field) return keptCredentials;
  return { sealed, version: sealedVersion ?? credentialsVersion, field };
}
