import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Subject, type Observable } from 'rxjs';
import type { Behaviour } from './behaviour.js';
import { Inbox } from './inbox.js';
import type { ReceivedRequest } from './received-request.js';

/** Beyond that the one unused for longest is forgotten: memory stays bounded whatever is posted. */
const MOST_INBOXES = 100;

export type InboxChange =
  | { kind: 'request'; inbox: Inbox; request: ReceivedRequest }
  | { kind: 'inbox'; inbox: Inbox }
  | { kind: 'cleared'; inbox: Inbox };

/** All webhook inboxes, in memory; each is made when it is first named. */
@Injectable()
export class Inboxes {
  private readonly byName = new LRUCache<string, Inbox>({ max: MOST_INBOXES });
  private readonly subject = new Subject<InboxChange>();

  get changes(): Observable<InboxChange> {
    return this.subject;
  }

  open(name: string): Inbox {
    const known = this.byName.get(name);
    if (known) return known;
    const inbox = new Inbox(name);
    this.byName.set(name, inbox);
    this.subject.next({ kind: 'inbox', inbox });
    return inbox;
  }

  list(): Inbox[] {
    return [...this.byName.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  keep(inbox: Inbox, request: Omit<ReceivedRequest, 'id'>): void {
    this.subject.next({ kind: 'request', inbox, request: inbox.keep(request) });
  }

  change(inbox: Inbox, changes: Partial<{ behaviour: Behaviour; signingSecret: string | null }>): void {
    Object.assign(inbox, changes);
    this.subject.next({ kind: 'inbox', inbox });
  }

  clear(inbox: Inbox): void {
    inbox.clear();
    this.subject.next({ kind: 'cleared', inbox });
  }
}
