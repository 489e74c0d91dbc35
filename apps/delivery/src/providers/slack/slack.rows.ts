import { rowOf, type AnswersSection } from '../answer-rows.js';
import { SLACK_READING, SLACK_SIGNS } from './slack.answers.js';

const PAGE = '<html>Forbidden</html>';

/** What Slack answers, and what something in front of it does. */
export const slackAnswers: AnswersSection = {
  about:
    "Only Slack's own texts are its word. Anything else may come from a proxy or a firewall, and says nothing of the webhook.",
  rows: () => [
    rowOf('200 `ok`', [200, 'ok'], SLACK_READING),
    rowOf('any other 2xx', [200, PAGE], SLACK_READING),
    ...Object.keys(SLACK_SIGNS).map((text) => rowOf(`\`${text}\`, whatever the status`, [400, text], SLACK_READING)),
    rowOf('429 without a text', [429], SLACK_READING),
    rowOf('429 with a page', [429, PAGE], SLACK_READING),
    rowOf('4xx with a page or without a text', [403, PAGE], SLACK_READING),
    rowOf('4xx of Cloudflare', [403, 'error code: 1020'], SLACK_READING),
    rowOf('4xx with an error that is not known here', [403, 'something_new'], SLACK_READING),
    rowOf('3xx', [302], SLACK_READING),
    rowOf('other 5xx', [502, PAGE], SLACK_READING),
  ],
};
