import { parseUrl } from '#libs/url';

/** Block Kit's limits as its reference gives them: https://docs.slack.dev/reference/block-kit/blocks */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.length > 0 && [...value].length <= max;

function textObject(value: unknown, max: number, types = ['plain_text', 'mrkdwn']): boolean {
  if (!isObject(value) || !types.includes(String(value['type'])) || !isText(value['text'], max)) return false;
  return value['emoji'] === undefined || (value['type'] === 'plain_text' && typeof value['emoji'] === 'boolean');
}

const listOf = (value: unknown, max: number, check: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= max && value.every(check);

/** A host without a dot was seen to lose its button, or the message. */
const HOST = /^https?:\/\/([^/?#\s@]+\.[^/?#\s@]+|localhost(:\d+)?)([/?#]\S*)?$/i;

const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 3_000 && HOST.test(value) && parseUrl(value) !== null;

function button(value: unknown): boolean {
  if (!isObject(value) || value['type'] !== 'button') return false;
  return textObject(value['text'], 75, ['plain_text']) && (value['url'] === undefined || isUrl(value['url']));
}

const CHECKS: Record<string, (block: Json) => boolean> = {
  header: ({ text }) => textObject(text, 150, ['plain_text']),
  section: ({ text, fields }) =>
    (text !== undefined || fields !== undefined) &&
    (text === undefined || textObject(text, 3_000)) &&
    (fields === undefined || listOf(fields, 10, (field) => textObject(field, 2_000))),
  context: ({ elements }) => listOf(elements, 10, (element) => textObject(element, 2_000)),
  actions: ({ elements }) => listOf(elements, 25, button),
  divider: () => true,
};

function block(value: unknown): boolean {
  if (!isObject(value)) return false;
  const id = value['block_id'];
  const check = CHECKS[String(value['type'])];
  return check !== undefined && (id === undefined || isText(id, 255)) && check(value);
}

/** What Slack would say to a message; null where it takes it. */
export function messageError(payload: unknown): 'invalid_payload' | 'no_text' | 'invalid_blocks' | null {
  if (!isObject(payload)) return 'invalid_payload';
  const { text, blocks } = payload;
  if (text !== undefined && (typeof text !== 'string' || text.length > 40_000)) return 'invalid_payload';
  if (blocks !== undefined && !listOf(blocks, 50, block)) return 'invalid_blocks';
  return blocks === undefined && !isText(text, 40_000) ? 'no_text' : null;
}
