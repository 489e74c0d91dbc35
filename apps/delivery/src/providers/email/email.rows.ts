import type { TransportCode } from '../../outbound/outbound-result.js';
import { exampleOf, type AnswerRow, type AnswersSection } from '../answer-rows.js';
import { conversationFailed, deliveredTo, nobodyLeft, notTaken } from './email.outcomes.js';
import type { Refused } from './mail-each.js';
import { MAIL_RULES, refusalOf, type MailRule, type Stage } from './smtp-answers.js';

const STAGES: readonly Stage[] = ['session', 'sender', 'recipient', 'message'];
const STATUSES = Array.from({ length: 600 }, (_, status) => status);
const NOTHING_REACHED = { stage: 'session', status: null, answer: '', retryable: true } as const;
const UNCONFIRMED = new Map([['a', 'unconfirmed' as const]]);
const UNSUBSCRIBED = new Map([['a', 'unsubscribed' as const]]);
const shown = (answer: string): string => answer;

const refused = (status: number): Refused => {
  const answer = String(status);
  const failure = { ...refusalOf('recipient', status, answer), stage: 'recipient', status, answer } as const;
  return { recipient: 'a…@example.com', failure };
};
const taken = (...refused: Refused[]): AnswerRow['outcome'] =>
  deliveredTo({ taken: ['b'], refused, broken: null, answer: '250' }, new Map(), shown);

/** An answer that each rule is for. */
function rowOfRule(rule: MailRule): AnswerRow {
  const isOf = (stage: Stage) => (status: number) => MAIL_RULES.find((one) => one.of(stage, status, '')) === rule;
  const stage = STAGES.find((one) => STATUSES.some(isOf(one)));
  if (!stage) throw new Error(`no answer is read by the rule of ${rule.answer}`);
  return rowOfAnswer(rule, stage, exampleOf(rule.answer, isOf(stage)));
}

function rowOfAnswer({ answer }: MailRule, stage: Stage, status: number): AnswerRow {
  const outcome =
    stage === 'recipient'
      ? notTaken([refused(status)], shown)
      : conversationFailed({ ...refusalOf(stage, status), stage, status, answer: '' }, shown);
  return { answer, outcome };
}

const unreached = (answer: string, code: TransportCode, detail: 'not_reached' | null = null): AnswerRow => ({
  answer,
  outcome: conversationFailed({ ...NOTHING_REACHED, code, detail }, shown),
});

/** What a mail server answers, and what happens where it does not. */
export const emailAnswers: AnswersSection = {
  about: 'By the part of the conversation and the status; of several rules the first counts.',
  rows: () => [
    { answer: '2xx to the message', outcome: taken() },
    {
      answer: '5xx to some of the recipients or to the mails for them, 2xx to the others',
      outcome: taken(refused(550)),
    },
    { answer: 'nothing, as nobody on the list has confirmed', outcome: nobodyLeft(UNCONFIRMED) },
    { answer: 'nothing, as everybody on the list has unsubscribed', outcome: nobodyLeft(UNSUBSCRIBED) },
    { answer: '4xx to some of the recipients: again to them alone', outcome: notTaken([refused(452)], shown) },
    ...MAIL_RULES.map(rowOfRule),
    {
      answer: '5xx to `EHLO`',
      outcome: conversationFailed(
        { ...refusalOf('session', 550), stage: 'session', status: 550, answer: '', detail: 'greeting_refused' },
        shown,
      ),
    },
    unreached('not connected in time', 'timeout', 'not_reached'),
    unreached('connection refused', 'connection_refused'),
    unreached('host name unknown', 'dns_failed'),
    unreached('TLS fails', 'tls_failed'),
    unreached('nothing more, in time', 'timeout'),
    unreached('connection closed', 'connection_reset'),
    unreached('more than 64 KB', 'response_too_large'),
    unreached('something that is not SMTP', 'malformed_response'),
  ],
};
