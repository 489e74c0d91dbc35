import { exampleOf, rowOf, type AnswerRow } from '../answer-rows.js';
import { STATUS_RULES } from '../classify-answer.js';
import { WEBHOOK_READING } from './webhook.provider.js';

/** What a receiver answers: the status line alone decides. */
export const webhookRows = (): AnswerRow[] =>
  STATUS_RULES.map((rule) => {
    const isOfRule = (status: number): boolean => STATUS_RULES.find(({ of }) => of(status)) === rule;
    return rowOf(rule.statuses, [exampleOf(rule.statuses, isOfRule)], WEBHOOK_READING);
  });
