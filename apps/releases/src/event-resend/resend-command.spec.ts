import { describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { UsageError, resendCommand, type ResendCommand } from './resend-command.js';

const since = new Date('2026-11-26T10:00:00Z');
const project = uuidv7();

describe('the arguments of a resend', () => {
  it.each<[string, string, ResendCommand]>([
    ['a time', 'resend --since 2026-11-26T10:00:00Z', { kind: 'published', since, dryRun: false }],
    ['a time in another zone', 'resend --since 2026-11-26T12:00+02:00', { kind: 'published', since, dryRun: false }],
    [
      'everything',
      `resend --since 2026-11-26T10:00:00Z --until 2026-11-26T11:00:00.5Z --project ${project.toUpperCase()} --dry-run`,
      { kind: 'published', since, until: new Date('2026-11-26T11:00:00.5Z'), project, dryRun: true },
    ],
    ['what was set aside', 'resend --set-aside', { kind: 'set-aside' }],
  ])('may be %s', (_, line, command) => {
    expect(resendCommand(line.split(' '))).toEqual(command);
  });

  it.each([
    ['nothing', '', 'resend'],
    ['another command', 'send --since 2026-11-26T10:00:00Z', 'resend'],
    ['no time', 'resend', '--since'],
    ['a time without its zone', 'resend --since 2026-11-26T10:00:00', '--since'],
    ['a day that is not', 'resend --since 2026-11-31T25:00:00Z', '--since'],
    ['another end', 'resend --since 2026-11-26T10:00:00Z --until now', '--until'],
    ['a project by its name', 'resend --since 2026-11-26T10:00:00Z --project ios', '--project'],
    ['both at once', 'resend --set-aside --dry-run', '--set-aside'],
    ['an option that is not known', 'resend --all', '--all'],
  ])('are refused: %s', (_, line, named) => {
    const refused = (): unknown => resendCommand(line === '' ? [] : line.split(' '));
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(named);
  });
});
