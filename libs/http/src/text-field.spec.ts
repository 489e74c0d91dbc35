import { describe, expect, it } from 'vitest';
import { LINES_PATTERN, NAME_PATTERN, hasUnseen, hasUnseenInLines } from './text-field.js';

describe('a name', () => {
  it.each([
    ['right-to-left override', 'invoice\u202Efdp.exe'],
    ['isolate', 'a\u2066b\u2069'],
    ['right-to-left mark', 'a\u200F'],
    ['Arabic letter mark', 'a\u061Cb'],
    ['zero-width space', 'Nitro\u200BPush'],
    ['zero-width joiner between letters', 'Nitro\u200DPush'],
    ['zero-width non-joiner between letters', 'Nitro\u200CPush'],
    ['zero-width joiner at the start', '\u200Da'],
    ['word joiner', 'a\u2060b'],
    ['byte order mark', '\uFEFFa'],
    ['soft hyphen', 'a\u00ADb'],
    ['Hangul filler', 'a\u3164b'],
    ['variation selector on a letter', 'a\uFE0Fb'],
    ['tags on a letter', 'a\u{E0061}\u{E007F}'],
    ['supplementary variation selector', 'a\u{E0100}'],
    ['line break', 'a\nb'],
    ['tab', 'a\tb'],
    ['NUL', 'a\u0000'],
    ['C1 control', 'a\u0085b'],
    ['line separator', 'a\u2028b'],
    ['nothing else', '\u2800\u200B'],
  ])('may not have a character that nobody sees: %s', (_case, text) => expect(hasUnseen(text)).toBe(true));

  it.each([
    'NitroPush iOS',
    '#ios-releases · 2',
    'Überraschung — “quoted” …',
    '日本語 プロジェクト',
    'مشروع الإطلاق',
    'می\u200Cخواهم',
    'क्\u200Dष',
    'שלום',
    '🚀 👍🏽 ❤\uFE0F #\uFE0F\u20E3',
    '👨\u200D👩\u200D👧 ❤\uFE0F\u200D🔥 👩🏽\u200D💻',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    'Zalgo\u0301',
  ])('may have what is seen: %s', (text) => {
    expect(hasUnseen(text)).toBe(false);
    expect(text).toMatch(new RegExp(NAME_PATTERN, 'u'));
  });
});

describe('a text of several lines', () => {
  it.each(['One\nTwo\n\n\tThree', '👨\u200D👩\u200D👧\nמחר', ''])('may have what is seen: %j', (text) => {
    expect(hasUnseenInLines(text)).toBe(false);
    expect(text).toMatch(new RegExp(LINES_PATTERN, 'u'));
  });

  it('may come with the line ends of any system', () => expect('a\r\nb').toMatch(new RegExp(LINES_PATTERN, 'u')));

  it.each(['a\n\u202Eb', 'a\u200B\nb', 'a\n\u200Db', 'a\u0000', 'a\u000Bb', 'a\u0085b', 'a\u2028b', 'a\uFEFF'])(
    'may not have what nobody sees: %j',
    (text) => {
      expect(hasUnseenInLines(text)).toBe(true);
    },
  );
});
