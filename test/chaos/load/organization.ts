import type { Environment, EventType } from '#libs/contracts';
import type { Client } from './client.js';
import type { Behaviour, Destinations } from './destinations.js';
import type { Hook } from './evidence.js';
import type { Journal } from './journal.js';

interface Wanted {
  name: string;
  /** The place of its project in the list; all of them where it is missing. */
  project?: number;
  environments?: Environment[];
  eventTypes?: EventType[];
  concurrency?: number;
  holds?: boolean;
}

export const PROJECTS = ['Alpha', 'Beta', 'Gamma'];

/** Each kind of integration that behaves in its own way. */
const WANTED: Wanted[] = [
  { name: 'in-order' },
  { name: 'parallel', concurrency: 8 },
  { name: 'one-project', project: 0 },
  { name: 'prod-only', environments: ['prod'] },
  { name: 'created-only', eventTypes: ['release.created'], concurrency: 2 },
  { name: 'failing', project: 1 },
  { name: 'failing-parallel', concurrency: 4, environments: ['prod', 'stage'] },
  { name: 'toggled', project: 2, holds: true },
  { name: 'renewed', environments: ['prod'] },
  { name: 'slow', concurrency: 16 },
];

const FAULTS: Behaviour[] = ['error', 'busy', 'cut'];
const MOST_LATE = 6;

/** What can change about the integrations while releases are made, one thing at a time. */
export const CHANGES = ['fail', 'recover', 'disable', 'enable', 'renew', 'rename', 'connect'] as const;
export type Change = (typeof CHANGES)[number];

/** The projects and integrations of a run. */
export class Organization {
  readonly projectIds: string[] = [];
  readonly hooks: Hook[] = [];
  private renewals = 0;
  private late = 0;

  constructor(
    private readonly client: Client,
    private readonly destinations: Destinations,
    private readonly journal: Journal,
  ) {}

  /** @throws where something cannot be made: the system is whole when this is called */
  async found(): Promise<void> {
    for (const name of PROJECTS) {
      const { status, body } = await this.client.call('POST', '/projects', { name });
      if (status !== 201) throw new Error(`a project was answered ${status}`);
      this.projectIds.push((body as { id: string }).id);
    }
    for (const wanted of WANTED)
      if (!(await this.connect(wanted))) throw new Error(`${wanted.name} could not be connected`);
    this.destinations.behave('slow', 'slow');
  }

  /** One change, tried once: the system may be broken at the moment. */
  async change(change: Change): Promise<void> {
    switch (change) {
      case 'fail': {
        const fault = FAULTS[this.renewals % FAULTS.length]!;
        this.destinations.behave('failing', fault);
        return this.destinations.behave('failing-parallel', fault);
      }
      case 'recover':
        this.destinations.behave('failing', 'ok');
        return this.destinations.behave('failing-parallel', 'ok');
      case 'disable':
      case 'enable':
        return void (await this.patch('toggled', { enabled: change === 'enable' }));
      case 'renew':
        this.renewals += 1;
        for (const name of ['renewed', 'failing'])
          await this.patch(name, { credentials: { url: this.destinations.url(name, this.renewals) } });
        return;
      case 'rename':
        return void (await this.patch('in-order', { name: `in-order ${Date.now()}` }));
      case 'connect':
        if (this.late >= MOST_LATE) return;
        this.late += 1;
        return void (await this.connect({ name: `late-${this.late}`, concurrency: 2 }));
    }
  }

  /** Everything as it should be at the end; answers whether all of it was accepted. */
  async putRight(): Promise<boolean> {
    this.destinations.allWell();
    return this.patch('toggled', { enabled: true });
  }

  private async connect({ name, project, environments = [], eventTypes = [], ...how }: Wanted): Promise<boolean> {
    const projectId = project === undefined ? null : this.projectIds[project]!;
    const { status, body } = await this.client.call('POST', '/integrations', {
      provider: 'webhook',
      name,
      projectId,
      environments,
      eventTypes,
      concurrency: how.concurrency ?? null,
      credentials: { url: this.destinations.url(name) },
    });
    this.journal.write('connected', { name, status });
    if (status !== 201) return false;
    const { id } = body as { id: string };
    const route = { projectId, environments, eventTypes };
    this.hooks.push({ name, id, ...route, concurrency: 1, ...how, answeredAt: Date.now() });
    return true;
  }

  private async patch(name: string, change: object): Promise<boolean> {
    const { id } = this.hooks.find((hook) => hook.name === name)!;
    const { status, fault } = await this.client.call('PATCH', `/integrations/${id}`, change);
    this.journal.write('changed', { name, ...change, status, fault });
    return status === 200;
  }
}
