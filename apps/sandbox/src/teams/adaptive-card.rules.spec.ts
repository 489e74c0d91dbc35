import { describe, expect, it } from 'vitest';
import { cardProblem } from './adaptive-card.rules.js';

const run = (text: unknown): object => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });
const facts = { type: 'FactSet', facts: [{ title: 'Environment', value: 'prod' }] };
const open = { type: 'Action.OpenUrl', title: 'Open release', url: 'https://admin.example/x' };
const card = (more: object = {}): object => ({ type: 'AdaptiveCard', version: '1.4', body: [run('hello')], ...more });
const message = (content: unknown, contentType = 'application/vnd.microsoft.card.adaptive'): object => ({
  type: 'message',
  attachments: [{ contentType, contentUrl: null, content }],
});

describe('a card in a message to Teams', () => {
  it.each<[string, unknown]>([
    ['a run of text', card()],
    ['facts and a button', card({ body: [{ type: 'TextBlock', text: 'x' }, facts], actions: [open] })],
    ['an earlier version', card({ version: '1.2' })],
  ])('is shown with %s', (_case, content) => expect(cardProblem(message(content))).toBeNull());

  it.each<[string, unknown, RegExp]>([
    ['the body of a webhook', { type: 'release.created', data: {} }, /not a message/],
    ['a list', [], /not a message/],
    ['no attachment', { type: 'message', attachments: [] }, /no attachments/],
    [
      'another kind of card',
      message(card(), 'application/vnd.microsoft.teams.card.o365connector'),
      /attachment is not/,
    ],
    ['a MessageCard', message({ '@type': 'MessageCard', text: 'x' }), /no AdaptiveCard/],
    ['a later version', message(card({ version: '1.5' })), /1\.5.*not displayed/],
    ['no version', message(card({ version: undefined })), /not displayed/],
    ['no body', message(card({ body: [] })), /no body/],
    ['an unknown element', message(card({ body: [run('x'), { type: 'Marquee' }] })), /Element 2/],
    ['an empty text', message(card({ body: [run('')] })), /Element 1/],
    ['a fact without a value', message(card({ body: [{ type: 'FactSet', facts: [{ title: 'x' }] }] })), /Element 1/],
    ['a button that leads nowhere', message(card({ actions: [{ ...open, url: '/x' }] })), /action/],
    ['28 KB and more', message(card({ body: [run('x'.repeat(28_700))] })), /28 KB/],
  ])('is not shown with %s', (_case, payload, problem) => expect(cardProblem(payload)).toMatch(problem));
});
