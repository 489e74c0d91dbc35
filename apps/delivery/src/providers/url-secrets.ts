const SHORTEST_SECRET = 6;
/** Shorter path segments of small letters are words such as `webhooks`. */
const WORD = /^[a-z]{1,11}$/;

/** Each once, longest first: a part that is cut out must not leave the rest of a longer one. */
export function longestFirst(texts: string[]): string[] {
  return [...new Set(texts)].sort((a, b) => b.length - a.length);
}

export const isLong = (text: string): boolean => text.length >= SHORTEST_SECRET;

/** What a destination might repeat of its address in an answer: all but the host, whole and in parts. */
export function urlSecrets(url: string): string[] {
  const { pathname, search, searchParams } = new URL(url);
  const segments = pathname.split('/').filter((segment) => !WORD.test(segment));
  const parts = [pathname + search, ...segments, ...segments.map(decoded), ...searchParams.values()];
  return longestFirst([...parts.filter(isLong), ...(pathname === '/' ? [] : [pathname])]);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A lone percent sign: the segment stands for itself.
    return segment;
  }
}
