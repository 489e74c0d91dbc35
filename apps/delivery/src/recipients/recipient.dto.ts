import { ApiProperty } from '@nestjs/swagger';

export const RECIPIENT_STATES = ['active', 'unconfirmed', 'unsubscribed'] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** Somebody on the list of an email integration. */
export class Recipient {
  @ApiProperty({
    example: 'ada@example.com',
    description: 'Masked for who may not change integrations: `a…@example.com`',
  })
  address: string;
  @ApiProperty({
    enum: RECIPIENT_STATES,
    enumName: 'RecipientState',
    description: 'Only who is active gets mails; who is unconfirmed has been asked, or is about to be',
  })
  state: RecipientState;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When a confirmation was asked for last',
  })
  askedAt: string | null;
}

export class RecipientList {
  @ApiProperty({ type: [Recipient], maxItems: 50 }) items: Recipient[];
}

export class AskedRecipients {
  @ApiProperty({ type: 'integer', description: 'How many are sent the mail now' }) count: number;
  @ApiProperty({ type: 'integer', description: 'How many were asked less than an hour ago, and are not asked again' })
  tooSoon: number;
}
