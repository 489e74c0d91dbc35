import { describe, expect, it } from 'vitest';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { releaseMessage } from '../message/release-message.js';
import { teamsMessage } from './teams.message.js';

const cardOf = (description: string | null, url?: string) => {
  const event = buildReleaseEvent();
  const release = { ...event.data.release, description };
  const data = { ...event.data, release, url: url ?? event.data.url };
  return teamsMessage(releaseMessage({ ...event, data }, false)).attachments[0].content;
};
const texts = (description: string | null): string[] =>
  cardOf(description).body.flatMap((one) => (one.type === 'RichTextBlock' ? one.inlines.map(({ text }) => text) : []));

describe('a card in Teams', () => {
  it('is of the version and in the envelope that workflows take', () => {
    const message = teamsMessage(releaseMessage(buildReleaseEvent(), true));
    expect(message).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    expect(JSON.stringify(message)).toContain('"text":"[TEST] NitroPush iOS 1.0.5 promoted stage → prod"');
  });

  it('has the facts, and a button that leads to the release', () => {
    const { body, actions } = cardOf('Faster start');
    expect(body.find(({ type }) => type === 'FactSet')).toMatchObject({
      facts: [
        { title: 'Environment', value: 'prod' },
        { title: 'Rollout', value: '50 %' },
        { title: 'Promoted from', value: 'stage' },
        { title: 'Mandatory', value: 'Yes, every user gets this update' },
      ],
    });
    expect(actions).toEqual([{ type: 'Action.OpenUrl', title: 'Open release', url: buildReleaseEvent().data.url }]);
    expect(cardOf(null, 'javascript:alert(1)').actions).toEqual([]);
  });

  it.each<[string | null, string[]]>([
    [null, []],
    ['one', ['one']],
    ['one\n\n two\n \nthree', ['one', ' two', 'three']],
    ['**bold** [link](https://evil.example)', ['**bold** [link](https://evil.example)']],
    ['{{DATE(2026-01-01T00:00:00Z)}}', ['{\u200b{\u200bDATE(2026-01-01T00:00:00Z)}}']],
    ['<at>everyone</at>', ['<\u200bat>everyone<\u200b/at>']],
  ])('shows a description %j as the lines %j', (description, lines) =>
    expect(texts(description).slice(1, -1)).toEqual(lines),
  );

  it('has thirty lines at most, and all of the words', () => {
    const words = Array.from({ length: 100 }, (_, n) => `w${n}`);
    const lines = texts(words.join('\n')).slice(1, -1);
    expect(lines).toHaveLength(30);
    expect(lines.join(' ')).toBe(words.join(' '));
  });
});
