import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Pipelined } from '../support/pipelined.js';
import { Api, stack } from './support/api.js';
import { metric } from './support/metrics.js';

const LIST = '/api/v1/integrations?limit=100';
const INTEGRATIONS = 100;
const CONNECTIONS = 3;
const ROUNDS = 12;
/** Below the number that closes a connection. */
const PIPELINED = 28;
const CALLS = 60;

it('a thousand calls that a client leaves behind on three connections hold up no other organization', async () => {
  const [busy, calm] = [await Api.signIn(), await Api.signIn()];
  for (let n = 0; n < INTEGRATIONS; n += 1) await busy.webhook(`http://127.0.0.1:9/${n}`, { enabled: false });
  const headers = { authorization: `Bearer ${busy.token}` };
  const leave = async (): Promise<void> => {
    const one = await Pipelined.open(stack().gatewayUrl);
    one.get(Array<string>(PIPELINED).fill(LIST), headers);
    await eventually(() => expect(one.received).toContain('200 OK')); // the first is answered, the others are not
    one.leave();
  };
  const before = await timesOf(calm);
  const abandonedBefore = await metric('gateway', 'http_requests_abandoned_total');
  const rounds = async (): Promise<void> => {
    for (let n = 0; n < ROUNDS; n += 1) await Promise.all(Array.from({ length: CONNECTIONS }, leave));
  };
  const [during] = await Promise.all([timesOf(calm), rounds()]);
  const after = await timesOf(calm);
  console.log(
    `another organization's calls, p95: before ${p95(before)} ms, during ${p95(during)} ms, after ${p95(after)} ms`,
  );
  await eventually(async () => {
    const abandoned = (await metric('gateway', 'http_requests_abandoned_total')) - abandonedBefore;
    expect(abandoned).toBeGreaterThan((CONNECTIONS * ROUNDS * PIPELINED) / 2); // most were never begun
  });
});

/** Each is answered: `must` refuses what is not. In ms. */
async function timesOf(api: Api): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const at = performance.now();
    await api.must('GET', '/integrations?limit=100');
    times.push(performance.now() - at);
  }
  return times;
}

const p95 = (times: number[]): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!);
