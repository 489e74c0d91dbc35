import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { TAKES_MAIL, nextMail, type MailBehaviour } from './mail-behaviour.js';
import type { ReceivedMail } from './read-mail.js';

const KEPT = 200;

export type MailChange = { kind: 'mail'; mail: ReceivedMail } | { kind: 'behaviour' } | { kind: 'cleared' };

/** The mails that came last, in memory, and how the next ones are met. */
@Injectable()
export class Mailbox {
  behaviour: MailBehaviour = TAKES_MAIL;
  /** All that came since the start, also what is no longer kept. */
  received = 0;
  private kept: ReceivedMail[] = [];
  private readonly subject = new Subject<MailChange>();

  get changes(): Observable<MailChange> {
    return this.subject;
  }

  /** How the mail at hand is met; counts down where the behaviour is for a number of mails. */
  takeBehaviour(): MailBehaviour {
    const { now, next } = nextMail(this.behaviour);
    if (next !== now) this.behave(next);
    return now;
  }

  behave(behaviour: MailBehaviour): void {
    this.behaviour = behaviour;
    this.subject.next({ kind: 'behaviour' });
  }

  keep(mail: Omit<ReceivedMail, 'id' | 'receivedAt'>): void {
    this.received += 1;
    const kept = { id: this.received, receivedAt: new Date().toISOString(), ...mail };
    this.kept.push(kept);
    if (this.kept.length > KEPT) this.kept.shift();
    this.subject.next({ kind: 'mail', mail: kept });
  }

  /** Oldest first, those after the given id. */
  mails(since = 0): ReceivedMail[] {
    return this.kept.filter(({ id }) => id > since);
  }

  clear(): void {
    this.kept = [];
    this.subject.next({ kind: 'cleared' });
  }
}
