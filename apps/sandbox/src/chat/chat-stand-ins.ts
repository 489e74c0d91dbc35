import type { ChatStandIn } from './stand-in.js';

/** The chats that the sandbox plays. */
export class ChatStandIns {
  constructor(readonly all: readonly ChatStandIn[]) {}
}
