import { cut } from '../message/cut.js';
import type { Fact } from '../message/message-parts.js';
import type { ReleaseMessage } from '../message/release-message.js';

interface TextRun {
  type: 'TextRun';
  text: string;
  size?: 'Small' | 'Large';
  weight?: 'Bolder';
  isSubtle?: boolean;
}

type Element =
  | { type: 'RichTextBlock'; inlines: TextRun[]; spacing?: 'Small' | 'Medium' }
  | { type: 'FactSet'; facts: { title: string; value: string }[]; spacing?: 'Medium' };

export interface AdaptiveCard {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  type: 'AdaptiveCard';
  /** Teams shows nothing of a later one that a workflow posts: https://github.com/MicrosoftDocs/msteams-docs/issues/9801 */
  version: '1.4';
  body: Element[];
  actions: { type: 'Action.OpenUrl'; title: string; url: string }[];
}

/** What a workflow for webhook alerts expects; anything else it answers with 202 as well, and posts nothing. */
export interface TeamsMessage {
  type: 'message';
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive'; contentUrl: null; content: AdaptiveCard }];
}

/**
 * A message has 28 KB; more than 21 KB were seen to be refused. In UTF-8 and in UTF-16 all of it together is below that.
 * @see https://learn.microsoft.com/connectors/teams/#known-issues-and-limitations-with-actions
 */
const TITLE = 256;
const DESCRIPTION = 3_000;
const TYPED = 450;
/** Each is an element of its own: a run of text shows no line breaks. */
const LINES = 30;

/** A space without width keeps the text of a function (`{{DATE(…)}}`) and of a mention (`<at>`) from being one. */
const unmarked = (text: string, limit: number): string =>
  cut(text, limit, (one) => (one === '{' || one === '<' ? `${one}\u200b` : one));

/** What somebody typed in stands in runs of text only: there, and not in a TextBlock, Markdown is not read. */
const run = (text: string, look: Partial<TextRun> = {}): TextRun => ({ type: 'TextRun', text, ...look });

export function teamsMessage({ title, facts, description, link }: ReleaseMessage): TeamsMessage {
  const ours = facts.filter((fact) => !fact.typed).map(({ label, value }) => ({ title: label, value }));
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'RichTextBlock', inlines: [run(unmarked(title, TITLE), { size: 'Large', weight: 'Bolder' })] },
      ...(description === null ? [] : paragraphs(unmarked(description, DESCRIPTION))),
      { type: 'FactSet', facts: ours, spacing: 'Medium' },
      { type: 'RichTextBlock', inlines: [run(typedLine(facts), { size: 'Small', isSubtle: true })], spacing: 'Medium' },
    ],
    actions: link === null ? [] : [{ type: 'Action.OpenUrl', title: link.label, url: link.url }],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const typedLine = (facts: Fact[]): string =>
  unmarked(
    facts
      .filter((fact) => fact.typed)
      .map(({ label, value }) => `${label} ${value}`)
      .join('  ·  '),
    TYPED,
  );

/** A line each; what is beyond the last of them goes on in it. */
function paragraphs(description: string): Element[] {
  const lines = description.split('\n').filter((line) => line.trim() !== '');
  const shown = [...lines.slice(0, LINES - 1), ...[lines.slice(LINES - 1).join(' ')].filter((line) => line !== '')];
  return shown.map((line, n) => ({
    type: 'RichTextBlock',
    inlines: [run(line)],
    spacing: n === 0 ? 'Medium' : 'Small',
  }));
}
