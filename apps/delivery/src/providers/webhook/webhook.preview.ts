import { pretty, type Preview } from '../sent-request.js';
import { webhookMessage } from './webhook.message.js';

const HIDDEN = '••••';

/** Signature and Authorization are masked. */
export const webhookPreview: Preview = ({ deliveryId, event, test, attempt }) => {
  const request = { deliveryId, event, test, attempt: attempt.number, signingSecrets: [] };
  const { headers, body } = webhookMessage(request, null, attempt.startedAt.getTime());
  delete headers['traceparent']; // another one each time
  const masked = { 'webhook-signature': `v1,${HIDDEN}`, authorization: `${HIDDEN} (where one is saved)` };
  return { method: 'POST', headers: { ...headers, ...masked }, body: pretty(JSON.parse(body)) };
};
