/** Headers that a request has once, with the length of their names: of two, one program would go by the first and another by the second. */
const ONCE = new Map([
  ['host', 4],
  ['authorization', 13],
]);
const LENGTHS = new Set(ONCE.values());

/** The name of a header that there may be one of and there are more; undefined where there is none. */
export function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  let seen: string[] | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!LENGTHS.has(rawHeaders[at]!.length)) continue;
    const name = rawHeaders[at]!.toLowerCase();
    if (!ONCE.has(name)) continue;
    if (seen?.includes(name)) return name;
    (seen ??= []).push(name);
  }
  return undefined;
}
