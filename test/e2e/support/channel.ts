import { signInAndAllow } from '../../../tools/seed/sign-in-and-allow.js';
import { stack, type Api } from './api.js';

export interface Posted {
  id: number;
  receivedAt: string;
  payload: Record<string, unknown>;
}

interface ChannelState {
  received: number;
  refused: number;
  items: Posted[];
}

export interface ChannelBehaviour {
  mode: 'ok' | 'revoked' | 'deleted' | 'archived' | 'rate-limited' | 'address-limited' | 'blocked' | 'error' | 'hang';
  retryAfterSeconds?: number;
  times?: number;
}

/** A channel of the sandbox's Slack or Discord. */
export class Channel {
  private readonly url: string;

  constructor(
    readonly product: 'slack' | 'discord',
    readonly name: string,
  ) {
    this.url = `${stack().sandboxUrl}/api/${product}/channels/${encodeURIComponent(name)}`;
  }

  /** One that no other test knows. */
  static fresh(product: 'slack' | 'discord'): Channel {
    return new Channel(product, `#${crypto.randomUUID()}`);
  }

  /** Signs in at the provider and picks this channel; answers the integration's id. */
  async connect(api: Api, body: Record<string, unknown> = { projectId: null }): Promise<string> {
    const { gatewayUrl, sandboxUrl } = stack();
    const target = { gatewayUrl, sandboxUrl, token: api.token };
    const result = await signInAndAllow(target, { provider: this.product, channel: this.name, body });
    const id = result.searchParams.get('connected');
    if (id === null) throw new Error(`not connected: ${result.search}`);
    return id;
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
    return items.map(
      ({ payload }) =>
        this.product === 'slack'
          ? (payload['text'] as string)
          : ((payload['embeds'] as { title: string }[])[0]?.title ?? '').replaceAll('\\', ''), // as Discord shows it
    );
  }
}
