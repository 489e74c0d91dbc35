import { existsSync, writeFileSync } from 'node:fs';
import { generateKeyPair, privateKeysSetting } from '#libs/credentials';

const OWNER_ONLY = 0o600;

/** `npm run credentials:key -- <private keys file> <public key file>`: a new key beside those that are there. */
async function main([privateFile, publicFile]: string[]): Promise<void> {
  if (!privateFile || !publicFile) throw new Error('Name two files: for the private keys, and for the public key.');
  const { publicJwk, privateJwks } = await generateKeyPair();
  const old = existsSync(privateFile) ? privateKeysSetting(privateFile).keys : [];
  const write = (file: string, value: unknown): void =>
    writeFileSync(file, JSON.stringify(value), { mode: OWNER_ONLY });
  write(privateFile, { keys: [...privateJwks.keys, ...old] });
  write(publicFile, publicJwk);
  process.stdout.write(`${publicJwk.kid}: ${privateFile} has ${old.length + 1} keys, ${publicFile} the new one.\n`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
