import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { stack } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';

// Not beside the other pages: it makes the one mail server busy, which others would feel.
it('the page about email works as it is written', async () => {
  const page = readFileSync('docs/how-to/set-up-email.md', 'utf8');
  const [connect, look, retry] = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!) as [
    string,
    string,
    string,
  ];
  const { gatewayUrl, sandboxUrl } = stack();
  const script = [connect, 'sleep 1\necho "--- look"\n', look, '\necho "--- retry"\n', retry]
    .join('')
    .replaceAll('localhost:4000', new URL(gatewayUrl).host)
    .replaceAll('localhost:4100', new URL(sandboxUrl).host);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { timeout: 60_000 });
  const [, looked] = stdout.split('--- look\n') as [string, string];
  expect(looked.split('\n--- retry')[0]).toContain('[TEST]');
  const mails = async (): Promise<{ subject: string | null; answered: { statusCode: number | null } }[]> =>
    ((await (await fetch(`${sandboxUrl}/api/mail`)).json()) as { items: never[] }).items;
  await eventually(async () =>
    expect((await mails()).at(-1)).toMatchObject({ subject: 'Mail demo 1.0.0 released to prod' }),
  );
});
