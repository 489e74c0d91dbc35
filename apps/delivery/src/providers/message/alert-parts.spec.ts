import { describe, expect, it } from 'vitest';
import { uuidv7, type AlertType, type DestinationEvent } from '#libs/contracts';
import { discordMessage } from '../discord/discord.message.js';
import { emailMessage } from '../email/email.message.js';
import { slackMessage } from '../slack/slack.message.js';
import { teamsMessage } from '../teams/teams.message.js';
import { releaseMessage } from './release-message.js';

type Destination = DestinationEvent['data']['destination'];

const REASON = 'Slack did not accept the credentials (403).';
const alert = (type: AlertType, changes: Partial<Destination> = {}): DestinationEvent => ({
  id: uuidv7(),
  type,
  time: '2026-11-27T05:20:30.000Z',
  data: {
    organizationId: 'org-acme',
    destination: { id: uuidv7(), name: '#ops', provider: 'slack', target: 'Acme · #ops', projectId: null, ...changes },
    change: 1,
    since: '2026-11-27T05:02:10.000Z',
    reason: type === 'destination.recovered' ? null : REASON,
    url: 'https://admin.example/integrations/1',
  },
});
const messageOf = (...of: Parameters<typeof alert>) => releaseMessage(alert(...of), false);

describe('an alert', () => {
  it.each<[AlertType, string, string, string[]]>([
    [
      'destination.disconnected',
      '#ops is disconnected',
      `${REASON}\nNo releases are sent to it until it is reconnected or a test succeeds.`,
      ['Provider Slack', 'Since 2026-11-27 05:02 UTC', 'Destination Acme · #ops'],
    ],
    [
      'destination.failing',
      '#ops keeps failing',
      `${REASON}\nIt has accepted no message since then.`,
      ['Provider Slack', 'Since 2026-11-27 05:02 UTC', 'Destination Acme · #ops'],
    ],
    [
      'destination.recovered',
      '#ops works again',
      'It accepts messages again.',
      [
        'Provider Slack',
        'Failed from 2026-11-27 05:02 UTC',
        'Recovered 2026-11-27 05:20 UTC',
        'Destination Acme · #ops',
      ],
    ],
  ])('%s says which destination, since when, why and what follows', (type, title, description, facts) => {
    const message = messageOf(type);
    expect(message).toMatchObject({ title, description, link: { label: 'Open destination' } });
    expect(message.facts.map(({ label, value }) => `${label} ${value}`)).toEqual(facts);
  });

  it('shows what it is about although the name is long, and what somebody typed in as text', () => {
    const long = messageOf('destination.disconnected', { name: 'n'.repeat(200) });
    expect(slackMessage(long).blocks[0]).toMatchObject({
      text: { text: expect.stringMatching(/… is disconnected$/) as string },
    });
    const typed = messageOf('destination.failing', { name: '@everyone *now*', target: '<!channel>' });
    expect(discordMessage(typed).embeds[0]).toMatchObject({ title: '@\u200beveryone \\*now\\* keeps failing' });
    expect(JSON.stringify(slackMessage(typed))).not.toMatch(/"type":"mrkdwn"[^}]*<!channel>/);
  });

  it('names a provider of a newer version by its id', () => {
    expect(messageOf('destination.failing', { provider: 'mattermost' }).facts[0]!.value).toBe('mattermost');
  });

  it('is a red embed on Discord while a destination is disconnected, and a green one once it recovered', () => {
    const [disconnected] = discordMessage(messageOf('destination.disconnected')).embeds;
    expect(disconnected).toMatchObject({
      title: '\\#ops is disconnected',
      url: 'https://admin.example/integrations/1',
      color: 0xd64545,
      fields: [
        { name: 'Provider', value: 'Slack' },
        { name: 'Since', value: '2026-11-27 05:02 UTC' },
      ],
      footer: { text: 'Destination Acme · #ops' },
      timestamp: '2026-11-27T05:20:30.000Z',
    });
    expect(disconnected!.description).toContain(REASON.replaceAll('(', '\\(').replaceAll(')', '\\)'));
    expect(discordMessage(messageOf('destination.recovered')).embeds[0]!.color).toBe(0x22a06b);
  });

  it('is a card in Teams and a mail with the same facts and a link to the destination', () => {
    const { body, actions } = teamsMessage(messageOf('destination.disconnected')).attachments[0].content;
    expect(JSON.stringify(body)).toContain('"text":"#ops is disconnected"');
    expect(JSON.stringify(body)).toContain('{"title":"Since","value":"2026-11-27 05:02 UTC"}');
    expect(actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Open destination', url: 'https://admin.example/integrations/1' },
    ]);
    const { subject, text, html } = emailMessage(messageOf('destination.disconnected'));
    expect(subject).toBe('#ops is disconnected');
    for (const part of [REASON, 'Provider: Slack', 'Since: 2026-11-27 05:02 UTC', 'Destination: Acme · #ops'])
      expect(text).toContain(part);
    expect(html).toContain('>Open destination</a>');
  });
});
