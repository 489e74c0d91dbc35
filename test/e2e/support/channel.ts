import { signInAndAllow } from '../../../tools/seed/sign-in-and-allow.js';
import { stack, type Api } from './api.js';

export interface Posted {
  id: number;
  receivedAt: string;
  payload: Record<string, unknown>;
  /** Why it is not shown, although it was accepted. */
  problem?: string;
}

interface ChannelState {
  /** Below the sandbox's own address; of Teams. */
  address?: string;
  received: number;
  refused: number;
  items: Posted[];
}

export interface ChannelBehaviour {
  mode: 'ok' | 'revoked' | 'deleted' | 'archived' | 'rate-limited' | 'address-limited' | 'blocked' | 'error' | 'hang';
  retryAfterSeconds?: number;
  times?: number;
}

type Product = 'slack' | 'discord' | 'teams';

/** A channel of one of the sandbox's chats. */
export class Channel {
  private readonly url: string;

  constructor(
    readonly product: Product,
    readonly name: string,
  ) {
    this.url = `${stack().sandboxUrl}/api/${product}/channels/${encodeURIComponent(name)}`;
  }

  /** One that no other test knows. */
  static fresh(product: Product): Channel {
    return new Channel(product, `#${crypto.randomUUID()}`);
  }

  /** As people do: signs in and picks this channel, or fills in the form with its address; answers the integration's id. */
  async connect(
    api: Api,
    { integrationId, ...body }: { integrationId?: string; [field: string]: unknown } = { projectId: null },
  ): Promise<string> {
    if (this.product === 'teams') {
      const credentials = { url: await this.workflowUrl() };
      if (integrationId !== undefined)
        return (await api.must<{ id: string }>('PATCH', `/integrations/${integrationId}`, { credentials })).id;
      const form = { provider: 'teams', name: this.name, projectId: null, credentials, ...body };
      return (await api.must<{ id: string }>('POST', '/integrations', form)).id;
    }
    const { gatewayUrl, sandboxUrl } = stack();
    const target = { gatewayUrl, sandboxUrl, token: api.token };
    const result = await signInAndAllow(target, {
      provider: this.product,
      channel: this.name,
      body: { ...body, integrationId },
    });
    const id = result.searchParams.get('connected');
    if (id === null) throw new Error(`not connected: ${result.search}`);
    return id;
  }

  /** A workflow of its own each time, as the sandbox's page shows it. */
  async workflowUrl(): Promise<string> {
    return stack().sandboxUrl + (await this.state()).address!;
  }

  async state(): Promise<ChannelState> {
    return (await (await fetch(this.url)).json()) as ChannelState;
  }

  async behave(behaviour: ChannelBehaviour): Promise<void> {
    const response = await fetch(`${this.url}/behaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(behaviour),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** What stands at the head of each message, oldest first. */
  async titles(): Promise<string[]> {
    const { items } = await this.state();
    return items.map(({ payload }) => TITLES[this.product](payload));
  }
}

interface Card {
  content: { body: { inlines: { text: string }[] }[] };
}

const TITLES: Record<Product, (payload: Record<string, unknown>) => string> = {
  slack: ({ text }) => text as string,
  discord: ({ embeds }) => ((embeds as { title: string }[])[0]?.title ?? '').replaceAll('\\', ''), // as Discord shows it
  teams: ({ attachments }) => (attachments as Card[])[0]!.content.body[0]!.inlines[0]!.text,
};
