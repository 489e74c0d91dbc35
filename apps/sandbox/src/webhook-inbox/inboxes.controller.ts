import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Sse, type MessageEvent } from '@nestjs/common';
import { filter, interval, map, merge, type Observable } from 'rxjs';
import { Public } from '#libs/auth';
import { invalidInput } from '#libs/problems';
import { inboxView, behaviourOf, BehaviourRequest, RequestsQuery, SecretRequest } from './inbox.dto.js';
import type { InboxView, InboxWithRequests } from './inbox.dto.js';
import { InboxName } from './inbox-name.js';
import { Inboxes, type InboxChange } from './inboxes.service.js';
import { isSigningSecret } from './signature.js';

/** Tells a proxy and a browser that the stream is alive. */
const PING_EVERY_MS = 15_000;

/** For tests, curl and the page; it asks nobody to sign in. */
@Public()
@Controller('api')
export class InboxesController {
  constructor(private readonly inboxes: Inboxes) {}

  @Get('inboxes')
  list(): { items: InboxView[] } {
    return { items: this.inboxes.list().map(inboxView) };
  }

  @Sse('stream')
  streamAll(): Observable<MessageEvent> {
    return this.stream(() => true);
  }

  @Get('inboxes/:name')
  one(@Param('name', InboxName) name: string, @Query() { since }: RequestsQuery): InboxWithRequests {
    const inbox = this.inboxes.open(name);
    return { ...inboxView(inbox), items: inbox.requests(since) };
  }

  @Sse('inboxes/:name/stream')
  streamOne(@Param('name', InboxName) name: string): Observable<MessageEvent> {
    return this.stream(({ inbox }) => inbox.name === name);
  }

  @Put('inboxes/:name/behaviour')
  switchBehaviour(@Param('name', InboxName) name: string, @Body() body: BehaviourRequest): InboxView {
    const inbox = this.inboxes.open(name);
    this.inboxes.change(inbox, { behaviour: behaviourOf(body) });
    return inboxView(inbox);
  }

  @Put('inboxes/:name/secret')
  giveSecret(@Param('name', InboxName) name: string, @Body() { signingSecret }: SecretRequest): InboxView {
    if (signingSecret !== null && !isSigningSecret(signingSecret))
      throw invalidInput([{ field: 'signingSecret', message: 'must be a signing secret that begins with whsec_' }]);
    const inbox = this.inboxes.open(name);
    this.inboxes.change(inbox, { signingSecret });
    return inboxView(inbox);
  }

  @Delete('inboxes/:name/requests')
  @HttpCode(204)
  clear(@Param('name', InboxName) name: string): void {
    this.inboxes.clear(this.inboxes.open(name));
  }

  private stream(wanted: (change: InboxChange) => boolean): Observable<MessageEvent> {
    const changes = this.inboxes.changes.pipe(filter(wanted), map(messageOf));
    const pings = interval(PING_EVERY_MS).pipe(map(() => ({ type: 'ping', data: {} })));
    return merge(changes, pings);
  }
}

function messageOf(change: InboxChange): MessageEvent {
  const inbox = inboxView(change.inbox);
  if (change.kind !== 'request') return { type: change.kind, data: { inbox } };
  return { type: 'request', id: String(change.request.id), data: { inbox, request: change.request } };
}
