import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeAuthority } from '../../../test/support/certificates.js';
import { TlsIdentity } from './tls-identity.js';

const folder = mkdtempSync(join(tmpdir(), 'nitropush-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('takes a renewed certificate without a restart, and keeps the old one while the new one is not whole', async () => {
  const authority = await makeAuthority('Test');
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  let seconds = 1;
  const write = (file: string, text: string): void => {
    writeFileSync(file, text);
    utimesSync(file, seconds, seconds);
    seconds += 1;
  };
  const first = await authority.issue({ name: 'releases' });
  write(files.cert, first.cert);
  write(files.key, first.key);
  const stale: string[] = [];
  const identity = new TlsIdentity(
    {
      ca: { text: authority.cert },
      cert: { text: first.cert, file: files.cert },
      key: { text: first.key, file: files.key },
    },
    (error) => stale.push(error.message),
  );
  const before = identity.current();
  expect(identity.current()).toBe(before);
  const second = await authority.issue({ name: 'releases' });
  write(files.cert, second.cert); // and not yet its key
  expect(identity.current()).toBe(before);
  expect(stale).toHaveLength(1);
  write(files.key, second.key);
  expect(identity.current()).not.toBe(before);
  rmSync(files.key);
  const after = identity.current();
  expect(stale).toHaveLength(2);
  expect(identity.current()).toBe(after);
});
