import { Injectable } from '@nestjs/common';
import { Confirmations } from '../../recipients/confirmations.service.js';
import { Unsubscribes } from '../../recipients/unsubscribes.service.js';
import { MailBudget } from './mail-budget.service.js';

/** What protects recipients from mails that they do not want. */
@Injectable()
export class MailGuards {
  constructor(
    readonly budget: MailBudget,
    readonly unsubscribes: Unsubscribes,
    readonly confirmations: Confirmations,
  ) {}
}
