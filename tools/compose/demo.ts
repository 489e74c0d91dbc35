import { devToken, seed, signInLink } from '../seed/seed.js';

const GATEWAY_URL = process.env['GATEWAY_URL'] ?? 'http://gateway:4000';
const SANDBOX_URL = process.env['SANDBOX_URL'] ?? 'http://sandbox:4100';
const ADMIN_BASE_URL = process.env['ADMIN_BASE_URL'] ?? 'http://localhost:4000';

/** Fills the demo organization where it is empty, and says where to sign in. */
async function main(): Promise<void> {
  const token = await devToken(GATEWAY_URL);
  const response = await fetch(`${GATEWAY_URL}/api/v1/projects?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`/projects answered ${response.status}`);
  const { items } = (await response.json()) as { items: unknown[] };
  if (items.length === 0) await seed({ gatewayUrl: GATEWAY_URL, sandboxUrl: SANDBOX_URL, token });
  console.log(`Sign in (works once): ${await signInLink(GATEWAY_URL, ADMIN_BASE_URL)}`);
}

await main();
