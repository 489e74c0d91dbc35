import { CHAT_OK, stepChat, type ChatBehaviour } from './behaviour.js';

const KEPT = 200;

export interface ChatMessage {
  id: number;
  receivedAt: string;
  /** As it was posted. */
  payload: unknown;
  /** Why the product shows nothing of it, although it accepted it. */
  problem?: string;
}

/** One channel of a workspace or server: what was posted there last, and how it answers. */
export class Channel {
  /** All that was accepted since the start, also what is no longer kept. */
  received = 0;
  /** Posts that were turned away. */
  refused = 0;
  private current: ChatBehaviour = CHAT_OK;
  /** Webhooks that were made up to then are revoked; epoch ms. */
  private revokedUntil = 0;
  private kept: ChatMessage[] = [];

  constructor(
    readonly id: string,
    /** With its `#`. */
    readonly name: string,
    private readonly now: () => number,
  ) {}

  get behaviour(): ChatBehaviour {
    return this.current;
  }

  behave(behaviour: ChatBehaviour): void {
    this.current = behaviour;
    this.revokedUntil = behaviour.mode === 'revoked' ? this.now() : 0;
  }

  /** How the post at hand is answered: a webhook that was made after the others were revoked works. */
  takeBehaviour(webhookMadeAt: number): ChatBehaviour {
    if (this.current.mode === 'revoked') return webhookMadeAt <= this.revokedUntil ? this.current : CHAT_OK;
    const { now, next } = stepChat(this.current);
    this.current = next;
    return now;
  }

  keep(payload: unknown, problem: string | null = null): ChatMessage {
    this.received += 1;
    const receivedAt = new Date(this.now()).toISOString();
    const message = { id: this.received, receivedAt, payload, ...(problem !== null && { problem }) };
    this.kept.push(message);
    if (this.kept.length > KEPT) this.kept.shift();
    return message;
  }

  /** Oldest first, those after the given id. */
  messages(since = 0): ChatMessage[] {
    return this.kept.filter(({ id }) => id > since);
  }

  clear(): void {
    this.kept = [];
  }
}
