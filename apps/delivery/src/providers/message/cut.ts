const ELLIPSIS = '…';

/**
 * A text of at most `limit` UTF-16 units, and so of at most as many characters however they are counted; ends with an
 * ellipsis where something was left out. `escape` says what each character becomes: what it returns is never cut apart,
 * and counts as long as it is.
 */
export function cut(text: string, limit: number, escape: (character: string) => string = same): string {
  let out = '';
  let lastFit = '';
  for (const character of text) {
    out += escape(character);
    if (out.length > limit) return lastFit + ELLIPSIS;
    if (out.length < limit) lastFit = out;
  }
  return out;
}

const same = (character: string): string => character;
