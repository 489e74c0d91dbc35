import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, versionOf, type Receiver } from '../support/receiver.js';
import { Api } from './support/api.js';
import { everyRecord } from './support/every-record.js';
import { ForeignPublisher } from './support/publisher.js';

let receiver: Receiver;
let publisher: ForeignPublisher;
beforeAll(async () => {
  receiver = await startReceiver();
  publisher = await ForeignPublisher.connect();
});
afterAll(async () => {
  await publisher.disconnect();
  await receiver.close();
});

type State = Record<string, unknown> & { version: number };

/** The newest state of an integration on its topic. */
async function stateOf(id: string): Promise<State> {
  const records = await everyRecord('integration.state');
  const states = records.filter(({ key, value }) => key === id && value !== null);
  return JSON.parse(states.at(-1)!.value!) as State;
}

const publish = (id: string, state: State): Promise<void> =>
  publisher.send('integration.state', { key: id, value: JSON.stringify(state) });

/** What an instance of this version finds while newer ones run beside it, or after it was put back in their place. */
describe('an integration of a provider that only a newer version knows', () => {
  it('loses nothing that comes for it meanwhile, and gets it in order from whoever knows the provider', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const { id } = await api.webhook(`${receiver.url}/newer`);
    const state = await stateOf(id);
    await publish(id, { ...state, provider: 'pigeon', version: state.version + 1 });

    for (const version of ['1.0', '1.1']) await api.release(project.id, version);
    await api.must('POST', `/integrations/${id}/test`, {});
    await eventually(async () =>
      expect((await api.deliveries({ integrationId: id })).map(({ status }) => status)).toEqual(
        Array.from({ length: 3 }, () => 'pending'),
      ),
    );
    const [waiting] = await api.deliveries({ integrationId: id });
    expect(await api.delivery(waiting!.id)).toMatchObject({ attempts: [], request: null });
    expect(receiver.received).toEqual([]);

    await publish(id, { ...state, version: state.version + 2 }); // as an instance that knows the provider sees it
    await eventually(() => expect(receiver.received).toHaveLength(3));
    const versions = receiver.received.map(versionOf).filter((version) => /^1\.[01]$/.test(version));
    expect(versions).toEqual(['1.0', '1.1']);
    await eventually(async () =>
      expect(new Set((await api.deliveries({ integrationId: id })).map(({ status }) => status))).toEqual(
        new Set(['delivered']),
      ),
    );
  });
});
