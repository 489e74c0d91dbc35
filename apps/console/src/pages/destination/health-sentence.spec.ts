import { describe, expect, it } from 'vitest';
import { healthSentence } from './health-sentence.js';

const counts = { pending: 0, retrying: 0, dead: 0, held: 0 };
const told = (status: 'delivered' | 'dead', lastError: string | null, lastErrorCode = 'server_error') => ({
  status,
  lastError,
  lastErrorCode,
});
const fine = { enabled: true, health: 'healthy', counts } as const;

describe('the sentence about a destination', () => {
  it.each<[string, Parameters<typeof healthSentence>[0], string]>([
    ['healthy', fine, 'Messages arrive.'],
    [
      'healthy with failed messages',
      { ...fine, counts: { ...counts, dead: 2 } },
      'Messages arrive, but 2 messages failed before and wait for you.',
    ],
    [
      'paused',
      { ...fine, enabled: false, health: 'needs_reconnect' },
      'It is paused: new messages are held until you enable it.',
    ],
    [
      'paused with held messages',
      { ...fine, enabled: false, counts: { ...counts, held: 1 } },
      'It is paused: 1 message is held, and new ones are held until you enable it.',
    ],
    [
      'never tried',
      { ...fine, health: 'unknown' },
      'Nothing has been sent here yet. Send a test to see a message arrive.',
    ],
    [
      'not known',
      { ...fine, health: null, counts: null },
      'The delivery service does not answer, so nobody knows whether messages arrive. Retrying automatically.',
    ],
    ['failing', { ...fine, health: 'failing' }, 'The latest message was not delivered: The destination failed (500).'],
    [
      'disconnected',
      { ...fine, health: 'needs_reconnect' },
      'Disconnected, so nothing is sent until you reconnect it: The destination failed (500).',
    ],
  ])('%s', (_name, integration, sentence) => {
    const recent = [
      told('delivered', 'an earlier try'),
      told('dead', 'The destination failed (500).'),
      told('dead', 'x'),
    ];
    expect(healthSentence(integration, recent)).toBe(sentence);
  });

  it('names the refusal, not that later messages were not even sent', () => {
    const unsent = told('dead', 'Not sent: the destination refused several messages.', 'needs_reconnect');
    const disconnected = { ...fine, health: 'needs_reconnect' } as const;
    expect(healthSentence(disconnected, [unsent, unsent, told('dead', 'Slack says: token revoked.')])).toBe(
      'Disconnected, so nothing is sent until you reconnect it: Slack says: token revoked.',
    );
    expect(healthSentence(disconnected, [unsent])).toBe('Disconnected, so nothing is sent until you reconnect it.');
  });

  it('goes without a reason where none is known', () =>
    expect(healthSentence({ ...fine, health: 'failing' }, [told('dead', null)])).toBe(
      'The latest message was not delivered.',
    ));
});
