import { isEmail } from 'class-validator';
import { domainToASCII } from 'node:url';
import type { FieldError } from '#libs/problems';
import type { CheckedCredentials, CredentialsCheck, ProviderSetup } from './provider.js';
import { targetOf } from './target.js';

const MOST_RECIPIENTS = 50;
const FIELD = 'recipients';
/** Quotes and comments are allowed in an address, but no real one has them, and readers of headers differ over them. */
const PLAIN = /^[^\s\p{C}"'`()<>[\]\\,;:@]+@[^\s\p{C}@]+$/u;
const RULES = { allow_utf8_local_part: false };

/** People who are mailed; needs a mail server of the operator's. */
export class EmailProvider implements ProviderSetup {
  readonly id = 'email';
  readonly name = 'Email';
  readonly setup = 'form';
  readonly status: ProviderSetup['status'];
  readonly missing: string[];
  readonly fields: ProviderSetup['fields'] = [{ name: FIELD, label: 'Recipients', type: 'emails', required: true }];
  readonly signs = false;
  readonly concurrent = false;

  constructor(smtpUrl: string | undefined) {
    this.missing = smtpUrl === undefined ? ['SMTP_URL'] : [];
    this.status = smtpUrl === undefined ? 'coming_soon' : 'available';
  }

  check({ recipients: typed, ...rest }: Record<string, unknown>): Promise<CredentialsCheck> {
    const errors: FieldError[] = Object.keys(rest).map((field) => ({
      field,
      message: `is not a known field; email has ${FIELD}`,
    }));
    const recipients = readRecipients(typed);
    if (typeof recipients === 'string') errors.push({ field: FIELD, message: recipients });
    else if (errors.length === 0) return Promise.resolve({ kind: 'ok', credentials: checked(recipients) });
    return Promise.resolve({ kind: 'invalid', errors });
  }

  /** The same people, in whichever order. */
  target(plain: unknown): string {
    return targetOf('email', (plain as { recipients: string[] }).recipients.toSorted().join());
  }
}

/** Each once, in the order typed; a sentence where something is wrong. */
function readRecipients(typed: unknown): string[] | string {
  if (!Array.isArray(typed)) return 'must be a list of email addresses';
  if (typed.length === 0) return 'must name at least one address';
  const addresses = typed.map(readAddress);
  const wrong = addresses.findIndex((address) => address === null);
  if (wrong !== -1) return `must be plain email addresses such as ada@example.com; number ${wrong + 1} is not one`;
  const recipients = [...new Set(addresses as string[])];
  return recipients.length <= MOST_RECIPIENTS ? recipients : `must be at most ${MOST_RECIPIENTS} addresses`;
}

/** In lower case, its host name as the mail system writes it. Null where it is no plain address. */
function readAddress(typed: unknown): string | null {
  if (typeof typed !== 'string' || !PLAIN.test(typed.trim())) return null;
  const [local = '', domain = ''] = typed.trim().toLowerCase().split('@');
  const address = `${local}@${domainToASCII(domain)}`;
  return isEmail(address, RULES) ? address : null;
}

function checked(recipients: string[]): CheckedCredentials {
  const others = recipients.length > 1 ? ` +${recipients.length - 1}` : '';
  return { plain: { recipients }, destination: masked(recipients[0]!) + others };
}

const masked = (address: string): string => `${address[0]}…${address.slice(address.indexOf('@'))}`;
