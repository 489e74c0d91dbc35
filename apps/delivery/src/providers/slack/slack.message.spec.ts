import { describe, expect, it } from 'vitest';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { releaseMessage } from '../message/release-message.js';
import { slackMessage, type SlackMessage } from './slack.message.js';

function message(name: string, description: string | null, url = 'https://admin.example/r/1'): SlackMessage {
  const { data, ...event } = buildReleaseEvent();
  const release = { ...data.release, description };
  const project = { ...data.project, name };
  return slackMessage(releaseMessage({ ...event, data: { ...data, project, release, url } }, false));
}

describe('a message on Slack', () => {
  it('has these blocks', () => {
    const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
    const field = (text: string) => ({ type: 'mrkdwn', text });
    const open = {
      type: 'button',
      text: plain('Open release'),
      url: 'https://admin.example/r/1',
      action_id: 'open-release',
    };
    expect(message('NitroPush iOS', 'Faster start').blocks).toEqual([
      { type: 'header', text: plain('NitroPush iOS 1.0.5 promoted stage → prod') },
      { type: 'section', text: plain('Faster start') },
      {
        type: 'section',
        fields: [
          field('*Environment*\nprod'),
          field('*Rollout*\n50 %'),
          field('*Promoted from*\nstage'),
          field('*Mandatory*\nYes, every user gets this update'),
        ],
      },
      { type: 'context', elements: [plain('Version 1.0.5  ·  By Ada')] },
      { type: 'actions', elements: [open] },
    ]);
  });

  it('says what was typed as it was typed, in plain text', () => {
    const typed = '<!channel> <@U1> *b* _i_ `c` :smile: https://a.example/x_y?a=1&b=2';
    expect(message('x', typed).blocks[1]).toEqual({
      type: 'section',
      text: { type: 'plain_text', text: typed, emoji: false },
    });
  });

  it('escapes what the text for notifications would read as a mention or a link', () => {
    expect(message('<!channel> & <https://x|y>', null).text).toMatch(
      /^&lt;!channel&gt; &amp; &lt;https:\/\/x\|y&gt; 1\.0\.5 /,
    );
  });

  it.each(['javascript:alert(1)', 'mailto:a@b.example', 'urn:release:1', 'https:'])(
    'has no button to %s, which Slack would refuse with all the rest',
    (url) => expect(message('x', null, url).blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context']),
  );
});
