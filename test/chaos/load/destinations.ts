import { setTimeout as wait } from 'node:timers/promises';
import type { EventType } from '#libs/contracts';
import { startReceiver, type Received, type Receiver } from '../../support/receiver.js';
import type { Post } from './evidence.js';
import type { Journal } from './journal.js';
import type { Random } from './random.js';

/** How a destination behaves from now on; `cut` closes the connection without an answer. */
export type Behaviour = 'ok' | 'error' | 'busy' | 'cut' | 'slow';

const SLOWEST_MS = 900;

interface Body {
  type: EventType;
  data: { release: { id: string; revision: number } };
}

/** The receivers of all integrations of a run: the first part of the path says of which. Each post is in the journal before it is answered. */
export class Destinations {
  readonly posts: Post[] = [];
  private readonly behaviours = new Map<string, Behaviour>();

  private constructor(
    private readonly journal: Journal,
    private readonly random: Random,
    private readonly receiver: Receiver,
  ) {
    receiver.answerWith(async (received, response) => {
      const status = await this.take(received);
      if (status === undefined) response.socket?.destroy();
      return status;
    });
  }

  static async start(journal: Journal, random: Random): Promise<Destinations> {
    return new Destinations(journal, random, await startReceiver());
  }

  /** The address of an integration; another `place` is another address of the same one. */
  url(hook: string, place = 0): string {
    return `${this.receiver.url}/${hook}/${place}`;
  }

  behave(hook: string, behaviour: Behaviour): void {
    this.behaviours.set(hook, behaviour);
    this.journal.write('behaviour', { hook, behaviour });
  }

  allWell(): void {
    for (const hook of this.behaviours.keys()) this.behave(hook, 'ok');
  }

  close(): Promise<void> {
    return this.receiver.close();
  }

  private async take({ path, headers, body, at }: Received): Promise<number | undefined> {
    const hook = path.split('/')[1]!;
    const behaviour = this.behaviours.get(hook) ?? 'ok';
    const { type, data } = JSON.parse(body) as Body;
    const { id: releaseId, revision } = data.release;
    const post: Post = {
      hook,
      webhookId: String(headers['webhook-id']),
      eventType: type,
      releaseId,
      revision,
      at,
      sentAt: Number(headers['webhook-timestamp']) * 1_000,
      attempt: Number(headers['np-attempt']),
      status: STATUS[behaviour],
    };
    this.journal.write('post', { ...post, path });
    this.posts.push(post);
    if (behaviour === 'slow') await wait(this.random.between(0, SLOWEST_MS)); // a receiver that takes its time
    return post.status;
  }
}

const STATUS: Record<Behaviour, number | undefined> = { ok: 200, slow: 200, error: 500, busy: 429, cut: undefined };
