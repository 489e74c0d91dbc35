import { EventEmitter, once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

import type { AttemptEvent } from './attempt-event.dto.js';

export interface ReceivedEvent {
  id: string;
  type: string;
  data: AttemptEvent;
}

/** A reader of server-sent events. */
export interface OpenStream {
  /** The next `count` events. */
  take: (count: number) => Promise<ReceivedEvent[]>;
  /** Resolves when the server has begun to serve: what happens from now on is sent. */
  ready: () => Promise<void>;
  ended: () => Promise<void>;
  text: () => string;
  close: () => Promise<void>;
}

export async function openStream(url: string, token: string, lastEventId?: string): Promise<OpenStream> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const call = request(url, { headers }).end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
  const changed = new EventEmitter().setMaxListeners(0);
  let text = '';
  let taken = 0;
  let over = false;
  response.setEncoding('utf8').on('data', (chunk: string) => changed.emit('change', (text += chunk)));
  response.once('close', () => changed.emit('change', (over = true)));
  response.on('error', () => undefined);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await once(changed, 'change');
  };
  return {
    take: async (count) => {
      await until(() => eventsOf(text).length >= taken + count || over);
      const events = eventsOf(text).slice(taken, (taken += count));
      if (events.length < count) throw new Error(`the stream ended after ${events.length} of ${count} events`);
      return events;
    },
    ready: () => until(() => text.includes(': live') || over),
    ended: () => until(() => over),
    text: () => text,
    close: async () => {
      call.destroy();
      await until(() => over);
    },
  };
}

function eventsOf(text: string): ReceivedEvent[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.filter((block) => block.startsWith('id: ')).map(eventOf);
}

function eventOf(block: string): ReceivedEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return { id: fields.get('id')!, type: fields.get('event')!, data: JSON.parse(fields.get('data')!) as AttemptEvent };
}
