import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type ReleaseEvent } from '#libs/contracts';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { discordMessage } from '../discord/discord.message.js';
import { emailMessage } from '../email/email.message.js';
import { slackMessage } from '../slack/slack.message.js';
import { teamsMessage } from '../teams/teams.message.js';
import { releaseMessage } from './release-message.js';

/** Anything that the contract lets through, and above all what is markup somewhere. */
const unit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'&<>`*_~|\\[]()#-+>:!@."\'\n\r\t\0 1') },
  fc.constantFrom('👍', '🏳️‍🌈', 'e\u0301', '\ud83d', '\udc4d', '\u202e', '\u2066', '\u2028', '&amp;', '\\*'),
  fc.constantFrom('<!channel>', '<@U123>', '@everyone', '@here', '<@&1>', '<https://evil.example|click>'),
  fc.constantFrom('[click](https://evil.example)', 'https://fine.example/a_b?c=d', '```', ':smile:', '</td><script>'),
  fc.constantFrom('(', 'a', '_').map((one) => `https://long.example/${one.repeat(1_500)}`),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(unit, { maxLength: 200 }).map((parts) => parts.join('').slice(0, max)),
    unit.map((one) => one.repeat(Math.ceil(max / Math.max(one.length, 1))).slice(0, max)),
  );
const WEB_ADDRESSES = ['(1)', `${'a'.repeat(1_900)}(1)`, '('.repeat(1_900)].map(
  (end) => `https://admin.example/${end}`,
);
const isWebAddress = (url: string | undefined): boolean => WEB_ADDRESSES.includes(url!);

const events = fc
  .record({
    type: fc.constantFrom(...EVENT_TYPES),
    name: text(200).map((name) => `x${name}`.slice(0, 200)),
    version: text(64).map((version) => `1${version}`.slice(0, 64)),
    actor: text(200),
    description: fc.oneof(fc.constant(null), text(4_000), fc.constant('👍'.repeat(4_000))),
    mandatory: fc.boolean(),
    rollout: fc.integer({ min: 0, max: 100 }),
    test: fc.boolean(),
    url: fc.constantFrom(...WEB_ADDRESSES, 'javascript:alert(1)', 'mailto:a@b.example', 'https:'),
  })
  .map(({ type, name, version, actor, description, mandatory, rollout, test, url }) => {
    const { data, ...event } = buildReleaseEvent({ type });
    const release = { ...data.release, version, description, mandatory, rolloutPercentage: rollout };
    const project = { ...data.project, name };
    return { event: { ...event, data: { ...data, project, release, actor: { id: '1', name: actor }, url } }, test };
  });

const always = (check: (message: ReturnType<typeof releaseMessage>, event: ReleaseEvent) => void): void =>
  fc.assert(
    fc.property(events, ({ event, test }) => check(releaseMessage(event, test), event)),
    { numRuns: 500 },
  );

/** However somebody counts. */
const within = (value: string, limit: number): void => {
  expect(value.length).toBeLessThanOrEqual(limit);
  expect(value.length).toBeGreaterThan(0);
};
const wellFormed = (value: unknown): void => expect(JSON.stringify(value)).not.toMatch(/\\u(d[89a-f]|00|20[2-6])/i);

describe('whatever somebody types', () => {
  it('is within Slack’s limits, and never markup there', () => {
    always((message, { data }) => {
      const { text: fallback, blocks, mrkdwn } = slackMessage(message);
      within(fallback, 3_000);
      expect(mrkdwn).toBe(false);
      expect(fallback.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(blocks.some(({ type }) => type === 'actions')).toBe(isWebAddress(data.url));
      for (const block of blocks) {
        if (block.type === 'header') within(block.text.text, 150);
        if (block.type === 'context') for (const element of block.elements) within(element.text, 2_000);
        if (block.type === 'actions') expect(block.elements[0]?.url).toBe(data.url);
        if (block.type !== 'section') continue;
        if ('text' in block) within(block.text.text, 3_000);
        else {
          expect(block.fields.length).toBeLessThanOrEqual(10);
          for (const field of block.fields) expect(field.text).toMatch(/^\*[A-Za-z ]+\*\n[a-z0-9 %→,A-Z]+$/);
        }
      }
      wellFormed(blocks);
    });
  });

  it('is within Discord’s limits, mentions nobody and hides no link', () => {
    always((message, { data }) => {
      const sent = discordMessage(message);
      expect(sent.allowed_mentions).toEqual({ parse: [] });
      const { title, description = '', fields, footer, url } = sent.embeds[0]!;
      const linked = isWebAddress(data.url) && data.url!.length < 1_000; // it refuses messages with longer ones
      within(title, 256);
      expect(description.length).toBeLessThanOrEqual(4_096);
      within(footer.text, 2_048);
      expect(url).toBe(linked ? data.url : undefined);
      for (const { name, value } of fields) {
        within(name, 256);
        within(value, 1_024);
      }
      const all = [title, description, footer.text, ...fields.flatMap(({ name, value }) => [name, value])];
      expect(all.join('').length).toBeLessThanOrEqual(6_000);
      expect(all.join('\n')).not.toMatch(/@(everyone|here)/);
      const own = /\[Open release\]\(https:\/\/admin\.example\/a*%281%29\)$/;
      expect(own.test(description)).toBe(linked);
      const typed = `${title}\n${description.replace(own, '')}`
        .replace(/\\[^\p{L}\p{N}\s]/gu, 'x')
        .replace(/https?:\/\/\S+/g, '');
      expect(typed).not.toMatch(/[*_~`|[\]()<>\\]/);
      expect(typed).not.toMatch(/^ *[#+-]/m);
      wellFormed(sent);
    });
  });

  it('is within the 28 KB of a message to Teams, however they are counted, and never Markdown there', () => {
    always((message, { data }) => {
      const sent = teamsMessage(message);
      const text = JSON.stringify(sent);
      expect(Buffer.byteLength(text)).toBeLessThan(21_000);
      expect(Buffer.byteLength(text, 'utf16le')).toBeLessThan(28_000);
      const { body, actions } = sent.attachments[0].content;
      expect(actions.map(({ url }) => url)).toEqual(isWebAddress(data.url) ? [data.url] : []);
      for (const element of body) {
        if (element.type === 'RichTextBlock')
          for (const { text: shown } of element.inlines) {
            within(shown, 3_100);
            expect(shown).not.toMatch(/\{\{|<at/);
          }
        else for (const { value } of element.facts) expect(value).toMatch(/^[a-z0-9 %→,A-Z]+$/);
      }
      wellFormed(sent);
    });
  });

  it('is one line in a mail’s subject, and text in its HTML', () => {
    always((message, { data }) => {
      const { subject, text: plain, html } = emailMessage(message);
      within(subject, 200);
      expect(subject).not.toMatch(/[\r\n\0]/);
      expect(plain.endsWith(`\n\nOpen release: ${data.url}`)).toBe(isWebAddress(data.url));
      expect(/<a href="https:\/\/admin\.example\//.test(html)).toBe(isWebAddress(data.url));
      const { body, tags } = { body: html.replace(/<[^<>]*>/g, ''), tags: html.match(/<[^<>]*>/g)! };
      expect(body).not.toMatch(/[<>]/);
      for (const tag of tags) expect(tag).toMatch(/^<\/?(!doctype|html|head|meta|title|body|table|tr|td|h1|p|a|br)\b/);
      expect(html.match(/<(script|img|iframe)|\bon\w+=|javascript:/i)).toBeNull();
      wellFormed([subject, plain, html]);
    });
  });

  it('is whole where there is room', () => {
    const event = buildReleaseEvent();
    const release = {
      ...event.data.release,
      description: 'Fixes *all* of https://issues.example/a_b. Thanks @everyone',
    };
    const message = releaseMessage({ ...event, data: { ...event.data, release } }, false);
    expect(JSON.stringify(slackMessage(message).blocks)).toContain(release.description);
    expect(emailMessage(message).text).toContain(release.description);
    expect(discordMessage(message).embeds[0]?.description).toContain(
      'Fixes \\*all\\* of https://issues.example/a_b. Thanks @\u200beveryone',
    );
  });
});
