import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { stack } from './support/api.js';
import { Channel } from './support/channel.js';

const blocksOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);

const PAGES = { slack: 'connect-slack', discord: 'connect-discord', teams: 'set-up-teams' };

it.each(['slack', 'discord', 'teams'] as const)(
  'the page about connecting %s works as it is written',
  async (product) => {
    const [setUp] = blocksOf('README.md') as [string];
    const [connect, test] = blocksOf(`docs/how-to/${PAGES[product]}.md`) as [string, string];
    const channel = Channel.fresh(product);
    const { gatewayUrl, sandboxUrl } = stack();
    const script = [setUp, connect, 'echo "--- test"\n', test]
      .join('')
      .replaceAll('http://localhost:4000', gatewayUrl)
      .replaceAll('http://localhost:4100', sandboxUrl)
      .replaceAll('#releases', channel.name)
      .replaceAll('%23releases', encodeURIComponent(channel.name))
      .replaceAll('/tmp/nitropush-cookies', `/tmp/nitropush-cookies-${channel.name.slice(1)}`);
    const run = promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { timeout: 60_000 });
    const { stdout } = await run.finally(() => run.child.kill());
    const [connected, tested] = stdout.split('--- test\n') as [string, string];
    expect(connected).toMatch(product === 'teams' ? /^[0-9a-f-]{36}\n$/ : /\/integrations\?connected=[0-9a-f-]{36}\n$/);
    expect(JSON.parse(tested)).toHaveProperty('deliveryId');
    await eventually(async () => expect((await channel.titles())[0]).toMatch(/^\[TEST\] /));
  },
);
