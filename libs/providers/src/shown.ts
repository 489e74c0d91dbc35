const CONTROL = /\p{Cc}/gu;
const LONGEST = 90;

/** A name of theirs as a part of a label of ours. */
export function shown(name: unknown, otherwise: string): string {
  const clean = typeof name === 'string' ? name.toWellFormed().replace(CONTROL, '').trim() : '';
  return clean === '' ? otherwise : [...clean].slice(0, LONGEST).join('');
}
