import { describe, expect, it } from 'vitest';
import { PathId } from './path-id.js';

const ID = '0197f3a2-0000-7000-8000-00000000000a';

describe('an id in a path', () => {
  const pipe = new PathId('release');

  it.each([ID, ID.toUpperCase()])('is taken in small letters: %s', (id) => {
    expect(pipe.transform(id)).toBe(ID);
  });

  it.each(['', '1', `${ID} `, `${ID}0`, "' OR 1=1", '../projects'])('is answered like an unknown one: "%s"', (id) => {
    expect(() => pipe.transform(id)).toThrow('No release with this id exists');
  });
});
