import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailServerSetting } from './mail-settings.js';
import { SmtpFarEnd } from './smtp-far-end.suite.js';
import { SmtpPool } from './smtp-pool.js';
import type { Mail } from './smtp-session.js';

const farEnd = new SmtpFarEnd();
let pool: SmtpPool;

beforeAll(async () => {
  pool = new SmtpPool(mailServerSetting(await farEnd.start()), 2_000);
});
afterEach(() => {
  farEnd.behave('accept');
  farEnd.forget();
});
afterAll(async () => {
  pool.close();
  await farEnd.stop();
});

const buildMail = (to = ['ada@example.com']): Mail => ({
  envelope: { from: 'releases@nitropush.example', to },
  content: Buffer.from('Subject: Hello\r\n\r\nHello'),
});
const forEver = (): AbortSignal => new AbortController().signal;

describe('the connections to the mail server', () => {
  it('are used again', async () => {
    for (let n = 0; n < 3; n += 1) expect(await pool.send(buildMail(), forEver())).toMatchObject({ refused: [] });
    expect([farEnd.mails.length, farEnd.connections]).toEqual([3, 1]);
  });

  it('are used again after every recipient was refused', async () => {
    farEnd.answers = { recipient: () => '550 no' };
    expect(await pool.send(buildMail(), forEver())).toMatchObject({ taken: [], refused: [{ status: 550 }] });
    farEnd.answers = {};
    await pool.send(buildMail(), forEver());
    expect([farEnd.mails.length, farEnd.connections]).toEqual([1, 1]);
  });

  it('are opened again where the mail server closed them', async () => {
    await pool.send(buildMail(), forEver());
    farEnd.hangUp();
    await pool.send(buildMail(), forEver());
    expect([farEnd.mails.length, farEnd.connections]).toEqual([2, 2]);
  });

  it('are eight at most, and nobody is left waiting', async () => {
    const mails = Array.from({ length: 40 }, () => pool.send(buildMail(), forEver()));
    await Promise.all(mails);
    expect(farEnd.mails).toHaveLength(40);
    expect(farEnd.connections).toBeLessThanOrEqual(8);
  });

  it('are waited for no longer than there is time', async () => {
    farEnd.behave('hang');
    const all = new AbortController();
    const hanging = Array.from({ length: 8 }, () =>
      pool.send(buildMail(), all.signal).catch((error: unknown) => error),
    );
    const late = pool.send(buildMail(), AbortSignal.timeout(50));
    await expect(late).rejects.toThrow(/timeout/);
    all.abort();
    expect(await Promise.all(hanging)).toHaveLength(8);
    farEnd.behave('accept');
    expect(await pool.send(buildMail(), forEver())).toMatchObject({ taken: ['ada@example.com'] });
  });
});
