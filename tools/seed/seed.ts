import { answerOf, signInAndAllow } from './sign-in-and-allow.js';

/** What a demo organization begins with. */
const PROJECTS = ['NitroPush iOS', 'NitroPush Android'] as const;
type ProjectName = (typeof PROJECTS)[number];

interface SeedIntegration {
  name: string;
  /** null: all projects. */
  project: ProjectName | null;
  /** It is also notified when another destination stops working. */
  alerts?: true;
  owner: string;
  note: string;
  /** How somebody would connect it. */
  connect: Connect;
}

type Connect =
  | { by: 'form'; provider: 'webhook'; credentials: (sandboxUrl: string) => Record<string, unknown> }
  /** Signing in at the stand-in and picking a channel there. */
  | { by: 'oauth'; provider: 'slack'; channel: string };

type About = Pick<SeedIntegration, 'owner' | 'note'>;

const slack = (name: string, project: ProjectName | null, about: About): SeedIntegration => ({
  name,
  project,
  ...about,
  connect: { by: 'oauth', provider: 'slack', channel: name },
});

const INTEGRATIONS: SeedIntegration[] = [
  slack('#ios-releases', 'NitroPush iOS', {
    owner: 'iOS team',
    note: 'Support reads this before it answers customers.',
  }),
  slack('#android-releases', 'NitroPush Android', {
    owner: 'Android team',
    note: 'Store listings are updated by what is posted here.',
  }),
  {
    ...slack('#ops', null, {
      owner: 'On-call team',
      note: 'Also receives alerts about the other destinations.\nIf it is disconnected, phone the person on call.',
    }),
    alerts: true,
  },
  {
    name: 'QA team webhook',
    project: null,
    owner: 'Ada, QA',
    note: 'Starts the regression tests of the version.\nIf it fails, restart the job “qa-intake”, then resend.',
    connect: {
      by: 'form',
      provider: 'webhook',
      credentials: (sandboxUrl) => ({ url: `${sandboxUrl}/inbox/qa-team` }),
    },
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
  const connected = await connectedNames(target);
  for (const { name, project, connect, ...more } of INTEGRATIONS) {
    const input = { name, projectId: project === null ? null : ids.get(project)!, ...more };
    if (connected.has(name)) continue;
    if (connect.by === 'oauth') await connectChannel(target, connect, input);
    else {
      const credentials = connect.credentials(target.sandboxUrl);
      await create(target, name, '/integrations', { ...input, provider: connect.provider, credentials });
    }
  }
  for (const { project, ...release } of RELEASES)
    await create(target, `${project} ${release.version}`, `/projects/${ids.get(project)}/releases`, release);
}

async function connectedNames({ gatewayUrl, token, signal }: SeedTarget): Promise<Set<string>> {
  const response = await fetch(`${gatewayUrl}/api/v1/integrations?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  const { items } = await answerOf<{ items: { name: string }[] }>('/integrations', response);
  return new Set(items.map(({ name }) => name));
}

async function connectChannel(
  target: SeedTarget,
  { provider, channel }: Extract<Connect, { by: 'oauth' }>,
  input: About & { name: string; projectId: string | null; alerts?: true },
): Promise<void> {
  const result = await signInAndAllow(target, { provider, channel, body: input });
  if (!result.searchParams.has('connected')) throw new Error(`${input.name} could not be connected: ${result.search}`);
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
  return answerOf(path, response);
}

interface Who {
  role?: string;
  organizationId?: string;
}

/** A token of the demo organization's owner; local mode only. */
export async function devToken(gatewayUrl: string, who: Who = {}): Promise<string> {
  return (await askIdentity<{ token: string }>(gatewayUrl, 'dev-token', who)).token;
}

/** A link that opens the console of the demo organization as its owner, once; local mode only. */
export async function signInLink(gatewayUrl: string, consoleUrl = gatewayUrl): Promise<string> {
  const { code } = await askIdentity<{ code: string }>(gatewayUrl, 'sign-in-codes', {});
  return `${consoleUrl}/#sign-in=${code}`;
}

async function askIdentity<T>(gatewayUrl: string, what: string, body: unknown): Promise<T> {
  const response = await fetch(`${gatewayUrl}/api/v1/auth/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answerOf(what, response);
}
