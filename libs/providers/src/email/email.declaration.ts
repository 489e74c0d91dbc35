import { isEmail } from 'class-validator';
import { domainToASCII } from 'node:url';
import type { FieldError } from '#libs/problems';
import type { CheckedCredentials, CredentialsCheck, ProviderDeclaration } from '../declaration.js';
import { targetOf } from '../target.js';

const MOST_RECIPIENTS = 50;
const FIELD = 'recipients';
/** Quotes and comments are allowed in an address, but no real one has them, and readers of headers differ over them. */
const PLAIN = /^[^\s\p{C}"'`()<>[\]\\,;:@]+@[^\s\p{C}@]+$/u;
const RULES = { allow_utf8_local_part: false };

/** People who are mailed; needs a mail server of the operator's. */
export const EMAIL = {
  name: 'Email',
  icon: [
    {
      path: 'M6 5.5h12A2.5 2.5 0 0 1 20.5 8v8a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 16V8A2.5 2.5 0 0 1 6 5.5ZM4.5 7.5l7.5 5.5 7.5-5.5',
      color: null,
      width: 1.9,
    },
  ],
  setup: {
    kind: 'form',
    fields: [
      {
        name: FIELD,
        label: 'Recipients',
        type: 'emails',
        required: true,
        credential: true,
        hint: `Up to ${MOST_RECIPIENTS} addresses. They do not see one another.`,
        placeholder: 'ada@example.com',
        max: MOST_RECIPIENTS,
      },
    ],
    needs: ['SMTP_URL'],
    check,
    /** The same people, in whichever order. */
    target: (plain) => targetOf('email', (plain as { recipients: string[] }).recipients.toSorted().join()),
  },
  signs: false,
  limits: { atOnce: 1, recipients: MOST_RECIPIENTS },
} satisfies ProviderDeclaration;

function check({ recipients: typed, ...rest }: Record<string, unknown>): Promise<CredentialsCheck> {
  const errors: FieldError[] = Object.keys(rest).map((field) => ({
    field,
    message: `is not a known field; email has ${FIELD}`,
  }));
  const recipients = readRecipients(typed);
  if (typeof recipients === 'string') errors.push({ field: FIELD, message: recipients });
  else if (errors.length === 0) return Promise.resolve({ kind: 'ok', credentials: checked(recipients) });
  return Promise.resolve({ kind: 'invalid', errors });
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
