/**
 * Null where the text is no absolute URL. Not by `URL.canParse`: once Node 20 has compiled a call of it, it says no to every
 * text with a character beyond ASCII in it. `URL.parse` would do the same as this, from Node 22 on.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
