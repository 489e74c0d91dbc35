import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../../outbound/outbound-http.service.js';
import { buildAttemptRequest, buildIntegrationState } from '../build-attempt-request.suite.js';
import { describeHttpProvider } from '../describe-http-provider.suite.js';
import { FarEnd, answerWith } from '../far-end.suite.js';
import { TeamsProvider } from './teams.provider.js';

const SIGNATURE = 'aB3_S3cretSignature-OfTheWorkflow';
const WORKFLOW = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const PATH = `/workflows/${WORKFLOW}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIGNATURE}`;
const homepage = 'https://admin.example';
const credentialsAt = (origin: string) => ({ url: origin + PATH });
const failed = (code: string): string => JSON.stringify({ error: { code, message: 'x' } });

describeHttpProvider('teams', {
  build: (http) => new TeamsProvider(http, homepage),
  credentials: credentialsAt,
  secrets: [SIGNATURE, WORKFLOW],
  accepted: answerWith(202),
  gone: answerWith(404, failed('WorkflowNotFound')),
});

describe('Teams', () => {
  const farEnd = new FarEnd();
  const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
  const http = new OutboundHttp({ rules, timeoutMs: 5_000 });
  const [state, other] = [buildIntegrationState({ provider: 'teams' }), buildIntegrationState({ provider: 'teams' })];
  let origin = '';
  let provider: TeamsProvider;

  beforeAll(async () => {
    origin = await farEnd.start();
  });
  beforeEach(() => {
    farEnd.seen.length = 0;
    provider = new TeamsProvider(http, homepage);
  });
  afterAll(async () => {
    await http.close();
    await farEnd.stop();
  });

  const attempt = (status: number, body = '', headers: Record<string, string> = {}) => {
    farEnd.answer = answerWith(status, body, headers);
    return provider.attempt(buildAttemptRequest({ credentials: credentialsAt(origin), state }));
  };
  const waits = (): number[] =>
    [state, other].map((one) => Math.ceil(provider.gate(one).waitMs(performance.now()) / 1_000));

  it('receives a card as JSON at the whole URL', async () => {
    expect(await attempt(202)).toEqual({ kind: 'delivered', statusCode: 202, responseBody: null });
    const [seen] = farEnd.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      url: PATH,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'NitroPush-Notifications/1 (+https://admin.example)',
      },
    });
    expect(JSON.parse(seen!.body)).toMatchObject({ type: 'message', attachments: [{ content: { version: '1.4' } }] });
  });

  it('is told by its own code, with nothing of its URL', async () => {
    const body = JSON.stringify({
      error: { code: 'WorkflowTriggerIsNotEnabled', message: `Could not execute workflow ${WORKFLOW}` },
    });
    expect(await attempt(400, body)).toMatchObject({
      code: 'destination_missing',
      error: expect.stringMatching(/turned off or was deleted/) as string,
      responseBody: body.replace(WORKFLOW, '[redacted]'),
      permanent: true,
      ownSign: true,
    });
  });

  it('shuts the gate of one workflow for as long as it says', async () => {
    const outcome = await attempt(429, failed('WorkflowRequestsThrottled'), { 'retry-after': '7' });
    expect(outcome).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000, gated: true, permanent: false });
    expect(waits()).toEqual([7, 0]);
    expect(await attempt(429)).toMatchObject({ retryAfterMs: null, gated: true });
    expect(waits()).toEqual([10, 0]);
  });

  it('gets four messages a second at most', () => {
    const gate = provider.gate(state);
    gate.take(1_000);
    expect([gate.waitMs(1_000), gate.waitMs(1_100), gate.waitMs(1_250)]).toEqual([250, 150, 0]);
  });

  it.each([{}, { url: 7 }, { url: 'teams' }])('is not called with %j', async (unusable) => {
    const outcome = await provider.attempt(buildAttemptRequest({ credentials: unusable }));
    expect(outcome).toMatchObject({ code: 'credentials_revoked', permanent: true });
    expect(farEnd.seen).toHaveLength(0);
  });
});
