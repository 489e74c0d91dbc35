import { DECLARATIONS, PROVIDERS } from '#libs/providers';
import type { AnswerRow } from '../../apps/delivery/src/providers/answer-rows.js';
import { PARTS } from '../../apps/delivery/src/providers/provider-list.js';
import { SLACK_READING } from '../../apps/delivery/src/providers/slack/slack.answers.js';
import { unansweredRows } from '../../apps/delivery/src/providers/unanswered.rows.js';
import { WEBHOOK_READING } from '../../apps/delivery/src/providers/webhook/webhook.provider.js';

const INTRO = `# What answers mean

Made of the tables that the adapters judge by (\`npm run docs:answers\`): each row is what the adapter makes of such an answer.

- **retried**: on the ladder, after 5, 10, 20, 40 and 80 s; a failure of the last attempt is a dead letter, which stays until
  somebody resends it, saves fresh credentials or discards it.
- **for good**: retried as well. A destination that refuses for good becomes \`needs_reconnect\`, and nothing more is sent to it
  until a test succeeds or credentials are saved. In the provider's own words one message that was refused in all of its attempts
  is enough; by a status alone, another message must have been refused, too. Anything that the destination takes clears it
  ([ADR 17](adr/0017-one-message-never-speaks-for-a-destination.md)).
- **dead letter**: not retried, because the answer is about the message itself.
- A \`Retry-After\` of a 429 or 503 is kept, up to the longest retry delay. Limits of Slack and Discord hold what is sent to them
  for as long as they say: of one webhook that webhook, of the address all of Slack or Discord from this instance. Each
  instance of \`delivery\` learns of a limit by its own first refusal. A webhook that answers 429 with \`Retry-After\` is not
  called for any integration that is called with the same URL and Authorization.
`;

type Section = [title: string, about: string, rows: () => AnswerRow[]];

const SECTIONS: Section[] = [
  ...PROVIDERS.map((id): Section => [DECLARATIONS[id].name, PARTS[id].answers.about, PARTS[id].answers.rows]),
  ['No answer from a webhook', 'All of it is retried.', () => unansweredRows(WEBHOOK_READING)],
  ['No answer from Slack', 'For the other chats, the same with their names.', () => unansweredRows(SLACK_READING)],
];

export function answersPage(): string {
  const sections = SECTIONS.map(([title, about, rows]) => `## ${title}\n\n${about}\n\n${table(rows())}\n`);
  return [INTRO, ...sections].join('\n');
}

function table(rows: readonly AnswerRow[]): string {
  const cells = [
    ['answer', 'taken for', 'then', 'what people are told'],
    ...rows.map(({ answer, outcome }) => [answer, takenFor(outcome), thenOf(outcome), toldOf(outcome)]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: string[]): string => `| ${row.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}

type Outcome = AnswerRow['outcome'];

const takenFor = (outcome: Outcome): string => (outcome.kind === 'delivered' ? 'delivered' : `\`${outcome.code}\``);
const toldOf = (outcome: Outcome): string => (outcome.kind === 'delivered' ? '' : outcome.error.replaceAll('|', '\\|'));

function thenOf(outcome: Outcome): string {
  if (outcome.kind === 'delivered') return '';
  if (!outcome.retryable) return 'dead letter';
  if (outcome.permanent) return outcome.ownSign ? 'for good, in its own words' : 'for good, by a status alone';
  return outcome.laterTry ? 'retried, and once more after 10 minutes' : 'retried';
}
