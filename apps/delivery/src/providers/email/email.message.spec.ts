import { describe, expect, it } from 'vitest';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { releaseMessage } from '../message/release-message.js';
import { emailMessage, type EmailMessage } from './email.message.js';

function mail(description: string | null, url = 'https://admin.example/r/1?a=1&b=2'): EmailMessage {
  const { data, ...event } = buildReleaseEvent();
  const release = { ...data.release, description };
  return emailMessage(releaseMessage({ ...event, data: { ...data, release, url } }, true));
}

describe('a mail', () => {
  it('says the same in text and in HTML', () => {
    const { subject, text, html } = mail('Faster start');
    expect(subject).toBe('[TEST] NitroPush iOS 1.0.5 promoted stage → prod');
    expect(text).toBe(
      `${subject}

Faster start

Environment: prod
Rollout: 50 %
Promoted from: stage
Mandatory: Yes, every user gets this update
Version: 1.0.5
By: Ada

Open release: https://admin.example/r/1?a=1&b=2`,
    );
    const said = html.replace(/<[^>]*>/g, '');
    for (const part of ['Faster start', 'prod', '50 %', 'Yes, every user gets this update', '1.0.5', 'Ada'])
      expect(said).toContain(part);
    expect(html).toContain('href="https://admin.example/r/1?a=1&amp;b=2"');
  });

  it('breaks the lines of a description also where styles are not read', () => {
    expect(mail('one\n  two <b>\n\nthree').html).toContain('>one<br>  two &lt;b&gt;<br><br>three<');
  });

  it.each(['javascript:alert(1)', 'mailto:a@b.example', 'urn:release:1', 'https:'])('does not link to %s', (url) => {
    const { text, html } = mail('hello', url);
    expect(text).not.toContain(url);
    expect(html).not.toContain('<a ');
  });
});
