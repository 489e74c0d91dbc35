/** What a demo organization begins with; each provider that is added adds its integrations here. */
const PROJECTS = ['NitroPush iOS', 'NitroPush Android'] as const;
type ProjectName = (typeof PROJECTS)[number];

interface SeedIntegration {
  name: string;
  provider: 'webhook';
  /** null: all projects. */
  project: ProjectName | null;
  credentials: (sandboxUrl: string) => Record<string, unknown>;
}

const INTEGRATIONS: SeedIntegration[] = [
  {
    name: 'QA team webhook',
    provider: 'webhook',
    project: null,
    credentials: (sandboxUrl) => ({ url: `${sandboxUrl}/inbox/qa-team` }),
  },
];

interface SeedRelease {
  project: ProjectName;
  version: string;
  environment: 'test' | 'stage' | 'prod';
  description: string;
  rolloutPercentage: number;
}

const RELEASES: SeedRelease[] = [
  {
    project: 'NitroPush iOS',
    version: '1.4.0',
    environment: 'prod',
    description: 'Faster start on older phones.',
    rolloutPercentage: 100,
  },
  {
    project: 'NitroPush iOS',
    version: '1.5.0',
    environment: 'stage',
    description: 'Offline mode, first cut.',
    rolloutPercentage: 50,
  },
  {
    project: 'NitroPush Android',
    version: '1.4.1',
    environment: 'prod',
    description: 'Fixes a crash on sign-in.',
    rolloutPercentage: 25,
  },
];

export interface SeedTarget {
  gatewayUrl: string;
  /** As the delivery service reaches it. */
  sandboxUrl: string;
  token: string;
  signal?: AbortSignal;
}

/** Fills the caller's organization through the public API. One that was cut short goes on where it was: nothing is made twice. */
export async function seed(target: SeedTarget): Promise<void> {
  const ids = new Map<ProjectName, string>();
  for (const name of PROJECTS) ids.set(name, (await create<{ id: string }>(target, name, '/projects', { name })).id);
  for (const { name, provider, project, credentials } of INTEGRATIONS) {
    const projectId = project === null ? null : ids.get(project);
    const body = { name, provider, projectId, credentials: credentials(target.sandboxUrl) };
    await create(target, name, '/integrations', body);
  }
  for (const { project, ...release } of RELEASES)
    await create(target, `${project} ${release.version}`, `/projects/${ids.get(project)}/releases`, release);
}

async function create<T>(
  { gatewayUrl, token, signal }: SeedTarget,
  what: string,
  path: string,
  body: unknown,
): Promise<T> {
  const response = await fetch(`${gatewayUrl}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'idempotency-key': `demo ${what}`,
    },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** A token of the demo organization's owner; local mode only. */
export async function devToken(
  gatewayUrl: string,
  input: { role?: string; organizationId?: string } = {},
): Promise<string> {
  const response = await fetch(`${gatewayUrl}/api/v1/auth/dev-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`dev-token answered ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}
