/** Why a destination could not be connected by signing in there; the console has a sentence for each. */
export const OAUTH_FAULTS = {
  access_denied: 'The user did not allow it at the provider.',
  state_unknown: 'The way back is not one that was begun here, or it was used already.',
  state_expired: 'More than ten minutes went by.',
  other_browser: 'It was begun in another browser.',
  integration_missing: 'The integration to reconnect was deleted meanwhile.',
  project_missing: 'The project was deleted meanwhile.',
  provider_refused: 'The provider did not accept the code or our client.',
  provider_unavailable: 'The provider did not answer properly in time.',
  no_webhook: 'The provider gave no webhook with its answer.',
  address_forbidden: 'The provider named an address that is not its own.',
  limit_reached: 'The organization, or the channel, has as many integrations as there may be.',
  failed: 'A fault of ours; the log has it under the request id.',
} as const;

export type OAuthFaultCode = keyof typeof OAUTH_FAULTS;

export class OAuthFault extends Error {
  override readonly name = 'OAuthFault';

  constructor(
    readonly code: OAuthFaultCode,
    /** The provider's own code, such as Slack's `invalid_code`; for the log. */
    readonly reason?: string,
  ) {
    super(OAUTH_FAULTS[code]);
  }
}
