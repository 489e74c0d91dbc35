import { exampleOf, rowOf, type AnswersSection } from '../answer-rows.js';
import { STATUS_RULES } from '../classify-answer.js';
import { WEBHOOK_READING } from './webhook.provider.js';

/** What a receiver answers: the status line alone decides. */
export const webhookAnswers: AnswersSection = {
  about: 'The status line decides; what comes after a 2xx is noted, and no failure.',
  rows: () =>
    STATUS_RULES.map((rule) => {
      const isOfRule = (status: number): boolean => STATUS_RULES.find(({ of }) => of(status)) === rule;
      return rowOf(rule.statuses, [exampleOf(rule.statuses, isOfRule)], WEBHOOK_READING);
    }),
};
