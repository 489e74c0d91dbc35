import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Subject, type Observable } from 'rxjs';
import type { ChatBehaviour } from './behaviour.js';
import { Channel, type ChatMessage } from './channel.js';
import { Codes } from './codes.js';

export type ChatProduct = 'slack' | 'discord' | 'teams';

export interface ChatChange {
  product: ChatProduct;
  kind: 'message' | 'channel' | 'cleared';
  channel: Channel;
  message?: ChatMessage;
}

/** Beyond that the one unused for longest is forgotten. */
const MOST_CHANNELS = 100;
const NAMES = ['#ios-releases', '#android-releases', '#ops', '#general'];

/** One workspace or server, in memory. A channel is made when it is first named; its id follows from its name. */
export class Chat {
  readonly codes = new Codes();
  private readonly byId = new LRUCache<string, Channel>({ max: MOST_CHANNELS });
  private readonly subject = new Subject<ChatChange>();

  constructor(
    readonly product: ChatProduct,
    /** Of the workspace or server. */
    readonly name: string,
    private readonly idOf: (digest: string) => string,
    private readonly now: () => number = () => Date.now(),
  ) {
    for (const one of NAMES) this.named(one);
  }

  get changes(): Observable<ChatChange> {
    return this.subject;
  }

  list(): Channel[] {
    return [...this.byId.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  named(name: string): Channel {
    const full = name.startsWith('#') ? name : `#${name}`;
    const id = this.idOf(createHash('sha256').update(`${this.product} ${full}`).digest('hex'));
    return this.open(id, full);
  }

  /** By id or name. One whose name was forgotten, with a restart, is known by its id alone. */
  find(idOrName: string): Channel {
    return idOrName.startsWith('#') ? this.named(idOrName) : this.open(idOrName, `#${idOrName.toLowerCase()}`);
  }

  behave(channel: Channel, behaviour: ChatBehaviour): void {
    channel.behave(behaviour);
    this.tell('channel', channel);
  }

  /** @param problem why it is not shown, although it was accepted */
  keep(channel: Channel, payload: unknown, problem: string | null = null): ChatMessage {
    const message = channel.keep(payload, problem);
    this.tell('message', channel, message);
    return message;
  }

  refuse(channel: Channel): void {
    channel.refused += 1;
    this.tell('channel', channel);
  }

  clear(channel: Channel): void {
    channel.clear();
    this.tell('cleared', channel);
  }

  private open(id: string, name: string): Channel {
    let channel = this.byId.get(id);
    if (!channel) {
      channel = new Channel(id, name, this.now);
      this.byId.set(id, channel);
    }
    return channel;
  }

  private tell(kind: ChatChange['kind'], channel: Channel, message?: ChatMessage): void {
    this.subject.next({ product: this.product, kind, channel, message });
  }
}
