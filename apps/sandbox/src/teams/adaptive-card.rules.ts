import { parseUrl } from '#libs/url';

/** Of https://adaptivecards.io/schemas/adaptive-card.json, as far as a workflow posts it to Teams. */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const listOf = (value: unknown, check: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(check);

/** A message has 28 KB: https://learn.microsoft.com/connectors/teams/ */
const MOST_BYTES = 28 * 1_024;
/** Cards of a later version are not displayed: https://github.com/MicrosoftDocs/msteams-docs/issues/9801 */
const VERSION = /^1\.[0-4]$/;
const CARD = 'application/vnd.microsoft.card.adaptive';

const ELEMENTS: Record<string, (element: Json) => boolean> = {
  TextBlock: ({ text }) => isText(text),
  RichTextBlock: ({ inlines }) => listOf(inlines, (one) => isText(one) || (isObject(one) && isRun(one))),
  FactSet: ({ facts }) => listOf(facts, (fact) => isObject(fact) && isText(fact['title']) && isText(fact['value'])),
  Container: ({ items }) => listOf(items, isElement),
};

const isRun = ({ type, text }: Json): boolean => type === 'TextRun' && isText(text);
const isElement = (value: unknown): boolean =>
  isObject(value) && Object.hasOwn(ELEMENTS, String(value['type'])) && ELEMENTS[String(value['type'])]!(value);

const isAction = (value: unknown): boolean =>
  isObject(value) && value['type'] === 'Action.OpenUrl' && isText(value['title']) && isWebAddress(value['url']);
const isWebAddress = (url: unknown): boolean =>
  typeof url === 'string' && /^https?:\/\/[^\s]+$/.test(url) && parseUrl(url) !== null;

/** Why Teams would show nothing of a message that its workflow accepted; null where it is shown. */
export function cardProblem(payload: unknown): string | null {
  if (!isObject(payload) || payload['type'] !== 'message')
    return 'The body is not a message: its type must be "message".';
  const { attachments } = payload;
  if (!listOf(attachments, isObject)) return 'The message has no attachments.';
  if (Buffer.byteLength(JSON.stringify(payload)) > MOST_BYTES) return 'The message is larger than 28 KB.';
  return (attachments as Json[]).map(attachmentProblem).find((problem) => problem !== null) ?? null;
}

function attachmentProblem({ contentType, content }: Json): string | null {
  if (contentType !== CARD) return `An attachment is not ${CARD}.`;
  if (!isObject(content) || content['type'] !== 'AdaptiveCard') return 'An attachment holds no AdaptiveCard.';
  const { version, body, actions = [] } = content;
  if (!VERSION.test(String(version))) return `Version ${String(version)} of a card is not displayed; 1.4 is.`;
  if (!Array.isArray(body) || body.length === 0) return 'The card has no body.';
  const wrong = body.findIndex((element) => !isElement(element));
  if (wrong !== -1) return `Element ${wrong + 1} of the card is unknown or not whole.`;
  return Array.isArray(actions) && actions.length <= 6 && actions.every(isAction) ? null : 'An action is not whole.';
}
