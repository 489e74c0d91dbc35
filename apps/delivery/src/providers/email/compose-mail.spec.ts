import fc from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMail, type MailParts } from './compose-mail.js';

const build = (changes: Partial<MailParts> = {}): Promise<Buffer> =>
  composeMail({
    from: { name: 'NitroPush', address: 'releases@nitropush.example' },
    recipient: 'ada@example.com',
    deliveryId: '0193a5c0-0000-5000-8000-000000000001',
    subject: 'NitroPush iOS 1.0.5 released to prod',
    text: 'Größer, 更快, 🚀\nsecond line',
    html: '<p>Größer, 更快, 🚀</p>',
    ...changes,
  });
const parsed = async (changes: Partial<MailParts> = {}): Promise<ParsedMail> => simpleParser(await build(changes));
const headersOf = (content: Buffer): string => content.toString('latin1').split('\r\n\r\n')[0]!;

describe('a mail', () => {
  it('has a text and an HTML part', async () => {
    const mail = await parsed();
    expect(mail.text).toBe('Größer, 更快, 🚀\nsecond line');
    expect(mail.html).toBe('<p>Größer, 更快, 🚀</p>');
  });

  it('has these headers', async () => {
    const { headers, from, subject, messageId } = await parsed();
    expect(from?.value).toEqual([{ name: 'NitroPush', address: 'releases@nitropush.example' }]);
    expect(subject).toBe('NitroPush iOS 1.0.5 released to prod');
    expect(messageId).toBe('<0193a5c0-0000-5000-8000-000000000001@nitropush.example>');
    expect(headers.get('x-nitropush-delivery')).toBe('0193a5c0-0000-5000-8000-000000000001');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.has('list-unsubscribe')).toBe(false);
    expect(headers.has('date')).toBe(true);
  });

  it('is addressed to its recipient', async () => {
    expect((await parsed()).to).toMatchObject({ text: 'ada@example.com' });
    expect((await build()).toString()).not.toMatch(/^b?cc:/im);
  });

  it('says how to unsubscribe, to programs and to people', async () => {
    const page = `https://admin.example.com/mail/unsubscribe?token=${'aB3_-'.repeat(13)}`;
    const content = await build({ unsubscribe: page, html: '<body><p>hello</p></body>' });
    expect(headersOf(content)).toContain(`\r\nList-Unsubscribe: <${page}>\r\n`);
    expect(headersOf(content)).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    const { text, html } = await simpleParser(content);
    expect(text).toMatch(/second line\n\n-- \nUnsubscribe: https:/);
    expect(text).toContain(page);
    expect(html).toContain(`<a href="${page}"`);
  });

  it.each([
    'one\r\nBcc: eve@example.com',
    'one\nBcc: eve@example.com',
    'one\rBcc: eve@example.com',
    'one\r\n\r\nBcc: eve@example.com',
    'one\u2028Bcc: eve@example.com',
    `${'long '.repeat(200)}\r\nBcc: eve@example.com`,
  ])('has no header more because of the subject %j', async (subject) => {
    const names = (content: Buffer): string[] => headersOf(content).match(/^[\w-]+(?=:)/gm)!;
    expect(names(await build({ subject }))).toEqual(names(await build()));
  });

  it.each(['=?utf-8?Q?one=0D=0ABcc:_eve@example.com?=', `${'Größe 🚀 '.repeat(30)}=?`, 'Größe 🚀 '.repeat(30) + '!'])(
    'shows the subject %j as it is',
    async (subject) => {
      expect((await parsed({ subject })).subject).toBe(subject);
      const content = await build({ subject });
      expect(headersOf(content)).toMatch(/^[\x20-\x7e\r\n\t]+$/);
      expect(headersOf(content)).not.toMatch(/^bcc/im);
    },
  );

  it('keeps to the form of a mail, whatever it says', async () => {
    const usual = headersOf(await build()).match(/^[\w-]+(?=:)/gm)!;
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(anything, anything, async (typed, more) => {
        const subject = `released ${typed} =? ${more}`;
        const content = await build({ subject, text: `${typed}\r\n.\r\n${more}`, html: `<p>${typed}</p>` });
        const lines = content.toString('latin1').split('\r\n');
        expect(lines.filter((line) => line.length > 998 || /[^\x20-\x7e\t]/.test(line))).toEqual([]);
        expect(headersOf(content).match(/^[\w-]+(?=:)/gm)).toEqual(usual);
      }),
      { numRuns: 300 },
    );
  });

  it('reads no file and no address that a text names', async () => {
    const mail = await parsed({ text: '/etc/hostname', html: '<img src="http://127.0.0.1/x">' });
    expect(mail.text).toBe('/etc/hostname');
    expect(mail.attachments).toEqual([]);
  });
});
