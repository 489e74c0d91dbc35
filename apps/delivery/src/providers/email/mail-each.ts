import type { SmtpFailure } from './smtp-answers.js';

/** Mails on their way at once for one delivery: one slow answer does not take the time of all. */
const AT_ONCE = 4;

/** How it went with one recipient. */
export type Mailed = { kind: 'taken'; answer: string } | { kind: 'failed'; failure: SmtpFailure };

export interface Refused {
  recipient: string;
  failure: SmtpFailure;
}

/** How it went with all of them. */
export interface MailedAll {
  taken: string[];
  refused: Refused[];
  /** What no recipient can do anything about; who comes after it was not tried. */
  broken: SmtpFailure | null;
  /** The mail server's last word to a mail that it took. */
  answer: string;
}

/** Sends a mail of its own to each, a few at once. @throws what `send` throws, after the others have ended */
export async function mailEach(
  recipients: readonly string[],
  send: (recipient: string) => Promise<Mailed>,
): Promise<MailedAll> {
  const all: MailedAll = { taken: [], refused: [], broken: null, answer: '' };
  const waiting = [...recipients];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined && all.broken === null; one = waiting.shift()) {
      const mailed = await send(one);
      if (mailed.kind === 'taken') {
        all.taken.push(one);
        all.answer = mailed.answer;
      } else if (isOfRecipient(mailed.failure)) all.refused.push({ recipient: one, failure: mailed.failure });
      else all.broken ??= mailed.failure;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const fault = ended.find((one) => one.status === 'rejected');
  if (fault) throw fault.reason;
  return all;
}

/** The mail server speaks of this recipient or of the mail to it, and goes on with others. */
const isOfRecipient = ({ stage, status }: SmtpFailure): boolean =>
  (stage === 'recipient' || stage === 'message') && status !== null && status !== 421;
