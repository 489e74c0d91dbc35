const ELLIPSIS = '…';

/**
 * A text of at most `limit` UTF-16 units, and so of at most as many characters however they are counted; ends with an
 * ellipsis where something was left out. `escape` says what each character (or part, where the text comes in parts)
 * becomes: what it returns is never cut apart, and counts as long as it is.
 */
export function cut(text: Iterable<string>, limit: number, escape: (part: string) => string = same): string {
  let out = '';
  let lastFit = '';
  for (const part of text) {
    out += escape(part);
    if (out.length > limit) return lastFit + ELLIPSIS;
    if (out.length < limit) lastFit = out;
  }
  return out;
}

const same = (part: string): string => part;
