import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { CHAT_MODES, CHAT_OK, type ChatBehaviour, type ChatMode } from './behaviour.js';
import type { Channel, ChatMessage } from './channel.js';
import { UnlessLeftOut } from '#libs/http';

const wholeNumber = (min: number, max: number) => ({ message: `must be a whole number from ${min} to ${max}` });

export class ChatBehaviourRequest {
  @ApiProperty({ enum: CHAT_MODES })
  @IsIn(CHAT_MODES, { message: `must be one of ${CHAT_MODES.join(', ')}` })
  mode: ChatMode;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 86_400,
    description: 'With rate-limited and address-limited: the Retry-After it sends.',
  })
  @UnlessLeftOut()
  @IsInt(wholeNumber(0, 86_400))
  @Min(0, wholeNumber(0, 86_400))
  @Max(86_400, wholeNumber(0, 86_400))
  retryAfterSeconds?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100_000, description: 'For so many posts, then ok again.' })
  @IsOptional()
  @IsInt(wholeNumber(1, 100_000))
  @Min(1, wholeNumber(1, 100_000))
  @Max(100_000, wholeNumber(1, 100_000))
  times?: number | null;
}

export class ApprovalRequest {
  @ApiProperty({ description: 'Where the app sent the browser' })
  @IsString({ message: 'must be the address that the API answered with' })
  authorizeUrl: string;

  @ApiProperty({ example: '#ops' })
  @IsString({ message: 'must be the name of a channel' })
  @Length(1, 81, { message: 'must be 1 to 81 characters' })
  channel: string;
}

export class MessagesQuery {
  @ApiPropertyOptional({ description: 'Only messages with a greater id.' })
  @UnlessLeftOut()
  @Type(() => Number)
  @IsInt({ message: 'must be the id of a message' })
  @Min(0, { message: 'must be the id of a message' })
  since = 0;
}

export interface ChannelView {
  id: string;
  name: string;
  behaviour: ChatBehaviour;
  received: number;
  refused: number;
  lastReceivedAt: string | null;
}

export interface ChannelWithMessages extends ChannelView {
  /** What to post to, below the sandbox's own address; of products that one does not sign in at. */
  address?: string;
  items: ChatMessage[];
}

export function channelView(channel: Channel): ChannelView {
  const { id, name, behaviour, received, refused } = channel;
  return { id, name, behaviour, received, refused, lastReceivedAt: channel.messages().at(-1)?.receivedAt ?? null };
}

export const chatBehaviourOf = ({ mode, retryAfterSeconds, times }: ChatBehaviourRequest): ChatBehaviour => ({
  mode,
  retryAfterSeconds: retryAfterSeconds ?? CHAT_OK.retryAfterSeconds,
  times: mode === 'ok' || mode === 'revoked' ? null : (times ?? null),
});
