import { expect, it } from 'vitest';
import { ALERT_TYPES, WEBHOOK_BODIES, checkShape } from '#libs/contracts';
import { alertExample } from './alert-example.js';

it.each(ALERT_TYPES)('the example of %s is what a webhook is posted', (type) => {
  const example = alertExample(type);
  expect(checkShape(WEBHOOK_BODIES[type], example)).toEqual(example);
  expect(example.type).toBe(type);
});
