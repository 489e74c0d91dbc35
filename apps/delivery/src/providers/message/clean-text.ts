/**
 * Control characters, and those that turn the direction of what follows them: with these a text could pass itself off as
 * another. Line breaks and tabs stay.
 */
const UNSEEN = /(?![\t\n])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;

/** A text of several lines as it may be shown: well-formed, line breaks as `\n`. */
export const cleanText = (text: string): string => text.toWellFormed().replace(BREAKS, '\n').replace(UNSEEN, '').trim();

/** The same on one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ');
