import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { MAIL_MODES, type MailBehaviour, type MailMode } from './mail-behaviour.js';
import type { Mailbox } from './mailbox.service.js';
import type { ReceivedMail } from './read-mail.js';
import { UnlessLeftOut } from '#libs/http';

const COUNT = { message: 'must be a whole number from 1 to 100000' };

export class MailBehaviourRequest {
  @ApiProperty({ enum: MAIL_MODES })
  @IsIn(MAIL_MODES, { message: `must be one of ${MAIL_MODES.join(', ')}` })
  mode: MailMode;

  @ApiPropertyOptional({ type: [String], description: 'With refuse-recipients and rate-limited: only these.' })
  @UnlessLeftOut()
  @IsArray({ message: 'must be a list of addresses' })
  @ArrayMaxSize(100, { message: 'must be at most 100 addresses' })
  @IsString({ each: true, message: 'must be a list of addresses' })
  recipients?: string[];

  @ApiPropertyOptional({ minimum: 1, maximum: 100_000, description: 'For so many mails, then ok again.' })
  @IsOptional()
  @IsInt(COUNT)
  @Min(1, COUNT)
  @Max(100_000, COUNT)
  times?: number | null;
}

export class MailQuery {
  @ApiPropertyOptional({ description: 'Only mails with a greater id.' })
  @UnlessLeftOut()
  @Type(() => Number)
  @IsInt({ message: 'must be the id of a mail' })
  @Min(0, { message: 'must be the id of a mail' })
  since = 0;
}

export interface MailboxView {
  behaviour: MailBehaviour;
  received: number;
}

export interface MailboxWithMails extends MailboxView {
  items: ReceivedMail[];
}

export const mailboxView = ({ behaviour, received }: Mailbox): MailboxView => ({ behaviour, received });

export function mailBehaviourOf({ mode, recipients = [], times }: MailBehaviourRequest): MailBehaviour {
  return {
    mode,
    recipients: recipients.map((address) => address.toLowerCase()),
    times: mode === 'ok' ? null : (times ?? null),
  };
}
