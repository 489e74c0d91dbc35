import { rowOf, type AnswersSection } from '../answer-rows.js';
import { DISCORD_READING, DISCORD_SIGNS } from './discord.answers.js';

const PAGE = '<html>Forbidden</html>';
const json = (value: object): string => JSON.stringify(value);

/** What Discord answers, and what something in front of it does. */
export const discordAnswers: AnswersSection = {
  about:
    "Only Discord's JSON with a code in this table is its word. Anything else may come from Cloudflare or a proxy, and says nothing of the webhook.",
  rows: () => [
    rowOf('200 with the message that was posted, 204', [200, json({ id: '1' })], DISCORD_READING),
    rowOf('any other 2xx', [200, PAGE], DISCORD_READING),
    ...Object.keys(DISCORD_SIGNS).map((code) =>
      rowOf(`code ${code}, whatever the status`, [400, json({ code: Number(code) })], DISCORD_READING),
    ),
    rowOf('429 with a bucket (`X-RateLimit-…`) or `"global": false`', [429, json({ global: false })], DISCORD_READING),
    rowOf('429 with `X-RateLimit-Global` or `"global": true`', [429, json({ global: true })], DISCORD_READING),
    rowOf('`error code: 1015` of Cloudflare, whatever the status', [403, 'error code: 1015'], DISCORD_READING),
    rowOf('any other 429', [429, PAGE], DISCORD_READING),
    rowOf('4xx with a page or without a text', [403, PAGE], DISCORD_READING),
    rowOf('`error code: 1010` and other 4xx of Cloudflare', [403, 'error code: 1010'], DISCORD_READING),
    rowOf('4xx with a code that is not known here, 40333 for instance', [403, json({ code: 40333 })], DISCORD_READING),
    rowOf('4xx with JSON and no code', [400, json({ embeds: ['0'] })], DISCORD_READING),
    rowOf('3xx', [302], DISCORD_READING),
    rowOf('5xx', [502, PAGE], DISCORD_READING),
  ],
};
