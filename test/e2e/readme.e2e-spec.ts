import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { stack } from './support/api.js';

/** What a reader waits for between two blocks of the README. */
const waitFor = (status: string): string =>
  `until [ "$(get /deliveries/$DELIVERY | field status)" = ${status} ]; do sleep 0.5; done\n`;
/** What answers of calls that made something look like; without it the waits would never end. */
const MADE = 'case "$PROJECT$HOOK" in *undefined*) post /integrations "{}"; exit 1;; esac\n';

it('the first five minutes of the README work as they are written', { timeout: 400_000 }, async () => {
  const readme = readFileSync('README.md', 'utf8');
  const minutes = readme.slice(readme.indexOf('## The first five minutes'), readme.indexOf('## Where to go from here'));
  const blocks = [...minutes.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
  expect(blocks).toHaveLength(5);
  const [setUp, arrive, broken, retries, drain] = blocks as [string, string, string, string, string];
  const say = (what: string): string => `echo "--- ${what}"\n`;
  const script = [
    setUp,
    arrive
      .replace(/^(post \/projects\/.*)$/m, `${MADE}$1`)
      .replace(/^(get .*)$/m, 'until [ "$($1)" = delivered ]; do sleep 0.1; done\n$1'),
    broken,
    `until [ "$(get /deliveries/$DELIVERY | field attempts.length)" -ge 3 ]; do sleep 0.5; done\n`,
    say('retries'),
    retries,
    waitFor('dead'),
    drain.replace(/^get .*$/m, waitFor('delivered')),
    say('end'),
    'get /deliveries/$DELIVERY | field round\n',
  ].join('');
  const { gatewayUrl, sandboxUrl, ports } = stack();
  const here = script
    .replaceAll('http://localhost:4000', gatewayUrl)
    .replaceAll('http://localhost:4100', sandboxUrl)
    .replaceAll('127.0.0.1:4100', `127.0.0.1:${ports['sandbox']}`);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', here], { timeout: 390_000 }).catch(
    (failure: { stdout: string; stderr: string }) => {
      throw new Error(`the script failed\n${failure.stdout}\n${failure.stderr.slice(0, 2_000)}`);
    },
  );
  expect(stdout).toContain('delivered\n');
  const [, shown] = stdout.split('--- retries\n') as [string, string];
  expect(shown.split('\n').slice(0, 3)).toEqual([
    expect.stringMatching(/^1: 500 \w+/),
    expect.stringMatching(/^2: 500 \w+/),
    expect.stringMatching(/^3: 500 \w+/),
  ] as unknown[]);
  expect(stdout.trim().endsWith('--- end\n2')).toBe(true);
});
