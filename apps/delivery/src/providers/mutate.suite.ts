/** A source of numbers that gives the same ones for the same seed (mulberry32). */
export class Chance {
  constructor(private state: number) {}

  /** From 0 up to and without `below`. */
  int(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  of<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }
}

type Mutation = (bytes: Buffer, chance: Chance, words: readonly string[]) => Buffer;

const MUTATIONS: Mutation[] = [
  // another byte
  (bytes, chance) => {
    const mutated = Buffer.from(bytes);
    if (mutated.length > 0) mutated[chance.int(mutated.length)] = chance.int(256);
    return mutated;
  },
  // a bit
  (bytes, chance) => {
    const mutated = Buffer.from(bytes);
    const at = chance.int(Math.max(1, mutated.length));
    if (mutated.length > 0) mutated[at] = mutated[at]! ^ (1 << chance.int(8));
    return mutated;
  },
  // without a part
  (bytes, chance) => {
    const at = chance.int(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + chance.int(12))]);
  },
  // cut off
  (bytes, chance) => bytes.subarray(0, chance.int(bytes.length + 1)),
  // a part twice
  (bytes, chance) => {
    const at = chance.int(bytes.length + 1);
    const part = bytes.subarray(at, at + chance.int(40));
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  },
  // a part very often
  (bytes, chance) => {
    const at = chance.int(bytes.length + 1);
    const part = bytes.subarray(at, at + 1 + chance.int(8));
    const often = Array<Buffer>(1 + chance.int(2_000)).fill(part);
    return Buffer.concat([bytes.subarray(0, at), ...often, bytes.subarray(at)]);
  },
  // a word of the protocol put in, or put in place of what was there
  (bytes, chance, words) => {
    const at = chance.int(bytes.length + 1);
    const word = Buffer.from(chance.of(words), 'latin1');
    const rest = chance.int(2) === 0 ? at : at + word.length;
    return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(rest)]);
  },
  // a number in place of another
  (bytes, chance) => {
    const numbers = [
      '0',
      '1',
      '-1',
      '99',
      '100',
      '101',
      '199',
      '204',
      '304',
      '600',
      '4294967296',
      '1e3',
      'ffffffffffffffff',
    ];
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+/g)];
    if (found.length === 0) return bytes;
    const { 0: old, index } = chance.of(found);
    return Buffer.from(text.slice(0, index) + chance.of(numbers) + text.slice(index + old.length), 'latin1');
  },
  // lines in another order
  (bytes, chance) => {
    const lines = bytes.toString('latin1').split('\r\n');
    const [a, b] = [chance.int(lines.length), chance.int(lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return Buffer.from(lines.join('\r\n'), 'latin1');
  },
];

/** One to four changes of an answer. */
export function mutate(answer: string, chance: Chance, words: readonly string[]): Buffer {
  let bytes: Buffer = Buffer.from(answer, 'latin1');
  for (let left = 1 + chance.int(4); left > 0; left -= 1) bytes = chance.of(MUTATIONS)(bytes, chance, words);
  return bytes;
}
