import { isEmail } from 'class-validator';
import { EMAIL } from '#libs/providers';

export interface EmailCredentials {
  recipients: string[];
}

/** Of one integration, and so of one mail. */
export const MOST_RECIPIENTS = EMAIL.limits.recipients;
/** What could end an address, or begin a header or another command. */
const PLAIN = /^[\x21-\x7e]+$/;
const MARKS = /["'`()<>[\]\\,;:]/;
const RULES = { allow_utf8_local_part: false };

/** Reads opened credentials; null where they are not those of email. */
export function readEmailCredentials(value: unknown): EmailCredentials | null {
  if (typeof value !== 'object' || value === null) return null;
  const { recipients } = value as { recipients?: unknown };
  if (!Array.isArray(recipients) || recipients.length === 0 || recipients.length > MOST_RECIPIENTS) return null;
  return recipients.every(isRecipient) ? { recipients: [...new Set(recipients)] } : null;
}

function isRecipient(value: unknown): value is string {
  return typeof value === 'string' && PLAIN.test(value) && !MARKS.test(value) && isEmail(value, RULES);
}

/** `a…@example.com`: enough to tell which one it is. */
export const maskedAddress = (address: string): string => `${address[0]}…${address.slice(address.indexOf('@'))}`;
