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

/** Written from right to left in some scripts, or drawn joined to the one before it: there these have a meaning. */
const JOINED =
  '\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u{FE0F}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gujarati}\\p{Script=Gurmukhi}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Oriya}\\p{Script=Sinhala}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Khmer}\\p{Script=Mongolian}';

/**
 * Characters that nobody sees or that turn the order of those beside them, so that two names look the same or one looks like
 * another: control characters, line ends, bidirectional controls, zero-width ones (joiners, selectors and flag tags only
 * where there is nothing that they change).
 */
const UNSEEN = new RegExp(
  [
    '[\\p{Cc}\\p{Zl}\\p{Zp}]',
    '(?![\\u200C\\u200D\\uFE00-\\uFE0F\\u{E0020}-\\u{E007F}])\\p{Default_Ignorable_Code_Point}',
    `(?<![${JOINED}])[\\u200C\\u200D]`,
    '(?<![\\p{Emoji}\\p{Script=Han}\\p{Script=Mongolian}])[\\uFE00-\\uFE0F]',
    '(?<![\\u{1F3F4}\\u{E0020}-\\u{E007F}])[\\u{E0020}-\\u{E007F}]',
  ].join('|'),
  'u',
);

/** Whether there is a character in it that a name may not have. */
export const hasUnseen = (text: string): boolean => UNSEEN.test(text);

/** The same of a text of several lines: what a line break or a tab does is seen. */
export const hasUnseenInLines = (text: string): boolean => hasUnseen(text.replaceAll(/[\n\t]/g, ' '));

/** For documents: what most validators can check of it. The rest is said by the answer. */
export const NAME_PATTERN =
  '^[^\\u0000-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF]*$';

/** The same for a text of several lines, which may still have the line ends of any system. */
export const LINES_PATTERN = NAME_PATTERN.replace('\\u0000-\\u001F', '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F');

const isSeen =
  (name: string, isRefused: (text: string) => boolean): PropertyDecorator =>
  (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: 'must not hold control, bidirectional or invisible characters' },
      validator: { validate: (value: unknown) => typeof value !== 'string' || !isRefused(value) },
    });

/** One line in which every character is seen, as it is with names. */
export const IsSeenText = (): PropertyDecorator => isSeen('isSeenText', hasUnseen);

/** Lines in which every character is seen. */
export const IsSeenLines = (): PropertyDecorator => isSeen('isSeenLines', hasUnseenInLines);

/** For documents: of a text that is no name. */
export const TEXT_PATTERN = '^[^\\u0000]*$';

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
