import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import { interval, map, merge, type Observable } from 'rxjs';
import { Public } from '#libs/auth';
import { invalidInput, notFound } from '#libs/problems';
import { parseUrl } from '#libs/url';
import type { Channel } from './channel.js';
import { ApprovalRequest, ChatBehaviourRequest, MessagesQuery, channelView, chatBehaviourOf } from './chat.dto.js';
import type { ChannelView, ChannelWithMessages } from './chat.dto.js';
import type { ChatChange } from './chat.js';
import { ChatStandIns } from './chat-stand-ins.js';
import { allowed, authorizeRefusal, signsIn, type ChatStandIn } from './stand-in.js';

/** Tells a proxy and a browser that the stream is alive. */
const PING_EVERY_MS = 15_000;
const CHANNEL = /^#?[\p{L}\p{N}_-]{1,80}$/u;

/** For tests, curl and the page; it asks nobody to sign in. A channel is named by its id or, with the # written as %23, its name. */
@Public()
@Controller('api')
export class ChatController {
  constructor(private readonly standIns: ChatStandIns) {}

  @Sse('chats/stream')
  stream(): Observable<MessageEvent> {
    const changes = this.standIns.all.map(({ chat }) => chat.changes.pipe(map(messageOf)));
    return merge(...changes, interval(PING_EVERY_MS).pipe(map(() => ({ type: 'ping', data: {} }))));
  }

  @Get(':product/channels')
  list(@Param('product') product: string): { name: string; items: ChannelView[] } {
    const { chat } = this.of(product);
    return { name: chat.name, items: chat.list().map(channelView) };
  }

  @Get(':product/channels/:channel')
  one(
    @Param('product') product: string,
    @Param('channel') name: string,
    @Query() { since }: MessagesQuery,
  ): ChannelWithMessages {
    const standIn = this.of(product);
    const channel = this.channel(standIn, name);
    const address = standIn.addressOf?.(channel);
    return { ...channelView(channel), ...(address !== undefined && { address }), items: channel.messages(since) };
  }

  @Put(':product/channels/:channel/behaviour')
  switchBehaviour(
    @Param('product') product: string,
    @Param('channel') name: string,
    @Body() body: ChatBehaviourRequest,
  ): ChannelView {
    const standIn = this.of(product);
    const channel = this.channel(standIn, name);
    standIn.chat.behave(channel, chatBehaviourOf(body));
    return channelView(channel);
  }

  @Delete(':product/channels/:channel/messages')
  @HttpCode(204)
  clear(@Param('product') product: string, @Param('channel') name: string): void {
    const standIn = this.of(product);
    standIn.chat.clear(this.channel(standIn, name));
  }

  /** What the page's Allow button does. */
  @Post(':product/approve')
  @HttpCode(200)
  approve(@Param('product') product: string, @Body() { authorizeUrl, channel }: ApprovalRequest): { redirect: string } {
    const standIn = this.of(product);
    if (!signsIn(standIn)) throw notFound('sign-in');
    const query = parseUrl(authorizeUrl)?.searchParams ?? new URLSearchParams();
    const refusal = authorizeRefusal(standIn, query);
    if (refusal) throw invalidInput([{ field: 'authorizeUrl', message: refusal.reason }]);
    if (!CHANNEL.test(channel)) throw invalidInput([{ field: 'channel', message: 'must be the name of a channel' }]);
    return { redirect: allowed(standIn, query, channel) };
  }

  private of(product: string): ChatStandIn {
    const standIn = this.standIns.all.find(({ chat }) => chat.product === product);
    if (!standIn) throw notFound('product');
    return standIn;
  }

  private channel({ chat }: ChatStandIn, name: string): Channel {
    if (!CHANNEL.test(name)) throw notFound('channel');
    return chat.find(name);
  }
}

function messageOf({ product, kind, channel, message }: ChatChange): MessageEvent {
  return { type: kind, data: { product, channel: channelView(channel), message } };
}
