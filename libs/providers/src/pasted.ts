/** What people have around a thing that they copied from a mail, a chat or a command line. */
const WRAPPINGS: readonly [RegExp, string][] = [
  [/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, ''],
  [/^<([^<>|]+)(\|[^<>]*)?>$/, '$1'], // Slack writes a link as <address|text>
  [/^(["'`])(.*)\1$/s, '$2'],
  [/^[“„«‘](.*)[”“»’]$/s, '$1'],
];
/** Enough for what people do; each layer reads the text once. */
const MOST_LAYERS = 4;
const LONGEST = 5_000;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** A host name with a dot and letters at its end, a port or path or not: nothing else is taken for an address. */
const HOST_FIRST = /^([\p{L}\p{N}_-]+\.)+\p{L}[\p{L}\p{N}-]+\.?(:\d{1,5})?([/?#]|$)/u;

/** Takes away what is around it, layer by layer; what is far too long is left for the check to refuse. */
function unwrapped(text: string): string {
  if (text.length > LONGEST) return text;
  let inner = text;
  for (let layer = 0; layer < MOST_LAYERS; layer += 1)
    inner = WRAPPINGS.reduce((left, [around, inside]) => left.replace(around, inside), inner);
  return inner;
}

/** An address as it was meant: without what is around it, and with https:// where no scheme is given. */
export function pastedUrl(text: string): string {
  const address = unwrapped(text);
  if (address.startsWith('//')) return `https:${address}`;
  return !SCHEME.test(address) && HOST_FIRST.test(address) ? `https://${address}` : address;
}

/** The value of an Authorization header: its own name, where it was copied along, is no part of it. */
export const pastedAuthorization = (text: string): string => {
  const value = unwrapped(unwrapped(text).replace(/^-H\s+/, ''));
  return unwrapped(value.replace(/^authorization\s*:/i, ''));
};
