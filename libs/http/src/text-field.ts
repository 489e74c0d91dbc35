import { Transform } from 'class-transformer';
import { registerDecorator } from 'class-validator';

/** In code points, as the events' contract counts: an emoji is one character and not two, a letter with an accent of its own is two. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Half of a character, such as a cut emoji leaves, cannot be stored: it is replaced, so that all see the same. */
export const WellFormed = (change = (text: string): string => text): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? change(value.toWellFormed()) : value));

/** A text of so many characters. PostgreSQL takes no NUL. */
export function IsTextOf(min: number, max: number, message: string): PropertyDecorator {
  const isTextOf = (value: unknown): boolean => {
    if (typeof value !== 'string' || value.includes('\u0000')) return false;
    const length = lengthOf(value);
    return length >= min && length <= max;
  };
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTextOf',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message },
      validator: { validate: isTextOf },
    });
}
