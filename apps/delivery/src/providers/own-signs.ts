import type { TransportCode } from '../outbound/outbound-result.js';
import { unreached } from './in-between.js';
import type { OutcomeContext, Sign } from './outcome.js';

/** Signs of a provider, by what they mean for its webhook. @param error a sentence for a person */
export const revoked = (error: string): Sign => ({ code: 'credentials_revoked', error });
export const missing = (error: string): Sign => ({ code: 'destination_missing', error });
export const rejected = (error: string): Sign => ({ code: 'message_rejected', error, retryable: false });
export const limited = (error: string): Sign => ({ code: 'rate_limited', error });

/** How the answers are read of a provider that only its own signs speak for. */
export type OwnReading = Required<Pick<OutcomeContext, 'name' | 'signOf' | 'unsigned' | 'unreached'>>;

/** @param name of the provider, as a sentence has it */
export const ownReading = (name: string, by: Pick<OwnReading, 'signOf' | 'unsigned'>): OwnReading => ({
  name,
  ...by,
  unreached: (code: TransportCode) => unreached(name, code),
});
