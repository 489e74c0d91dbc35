/** Limits of https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
type Json = Record<string, unknown>;

export interface DiscordError {
  status: number;
  code: number;
  message: string;
  errors?: Record<string, unknown>;
}

/** What Discord says to a message that it does not take. */
export type DiscordAnswer = DiscordError | { status: 400; embeds: string[] };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const lengthOf = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0);

const invalid = (field: string): DiscordError => ({
  status: 400,
  code: 50_035,
  message: 'Invalid Form Body',
  errors: { [field]: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be of another length or kind.' }] } },
});

/** As Discord answers where it takes an embed for malformed: neither code nor field. */
const malformedEmbed = (n: number): DiscordAnswer => ({ status: 400, embeds: [String(n)] });

const EMPTY: DiscordError = { status: 400, code: 50_006, message: 'Cannot send an empty message' };

/** What Discord would say to a message; null where it takes it. */
export function messageError(payload: unknown): DiscordAnswer | null {
  if (!isObject(payload)) return { status: 400, code: 50_109, message: 'The request body contains invalid JSON.' };
  const { content, embeds = [], username } = payload;
  if (!fits(content, 2_000)) return invalid('content');
  if (!fits(username, 80)) return invalid('username');
  if (!Array.isArray(embeds) || embeds.length > 10 || !embeds.every(isObject)) return invalid('embeds');
  for (const [n, embed] of (embeds as Json[]).entries()) {
    if (!isLink(embed['url'])) return malformedEmbed(n);
    const wrong = embedError(embed);
    if (wrong) return invalid(`embeds.${n}.${wrong}`);
  }
  const sum = (embeds as Json[]).reduce((total, embed) => total + textLength(embed), 0);
  if (sum > 6_000) return invalid('embeds');
  return lengthOf(content) === 0 && embeds.length === 0 ? EMPTY : null;
}

const fits = (value: unknown, max: number): boolean =>
  value === undefined || value === null || (typeof value === 'string' && lengthOf(value) <= max);

const LONGEST_LINK = 1_600;
/** A name with a dot at least, `localhost`, or an IPv4 address; a port; anything without spaces. */
const LINK =
  /^https?:\/\/(([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,}\.?|localhost|\d{1,3}(\.\d{1,3}){3})(:\d+)?([/?]\S*)?$/i;

const isLink = (url: unknown): boolean =>
  url === undefined || (typeof url === 'string' && url.length <= LONGEST_LINK && LINK.test(url));

function embedError({ title, description, color, fields = [], footer, author, timestamp }: Json): string | null {
  if (!fits(title, 256)) return 'title';
  if (!fits(description, 4_096)) return 'description';
  if (color !== undefined && !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= 0xffffff))
    return 'color';
  if (timestamp !== undefined && Number.isNaN(Date.parse(String(timestamp)))) return 'timestamp';
  if (footer !== undefined && !(isObject(footer) && required(footer['text'], 2_048))) return 'footer.text';
  if (author !== undefined && !(isObject(author) && required(author['name'], 256))) return 'author.name';
  if (!Array.isArray(fields) || fields.length > 25) return 'fields';
  const wrong = fields.findIndex(
    (field) => !(isObject(field) && required(field['name'], 256) && required(field['value'], 1_024)),
  );
  if (wrong !== -1) return `fields.${wrong}`;
  return lengthOf(title) + lengthOf(description) + fields.length === 0 ? 'description' : null;
}

const required = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value !== '' && lengthOf(value) <= max;

function textLength({ title, description, fields, footer, author }: Json): number {
  const ofFields = ((fields ?? []) as Json[]).map(({ name, value }) => lengthOf(name) + lengthOf(value));
  return [title, description, (footer as Json | undefined)?.['text'], (author as Json | undefined)?.['name']]
    .map(lengthOf)
    .concat(ofFields)
    .reduce((sum, one) => sum + one, 0);
}
