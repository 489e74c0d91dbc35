/** What a sealed value belongs to: opened for anything else, it does not open. */
export interface SealContext {
  organizationId: string;
  integrationId: string;
  purpose: 'credentials' | 'signing-secret';
  /** The version of the credentials, or of the secret; not that of the integration's state. */
  version: number;
}

/** The additional authenticated data: computed afresh by who seals and who opens, never carried along. */
export function authenticatedData({ organizationId, integrationId, purpose, version }: SealContext): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['nitropush', purpose, organizationId, integrationId, version]));
}
