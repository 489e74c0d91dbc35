import { describe, expect, it } from 'vitest';
import { uuidv7, type IntegrationState } from '#libs/contracts';
import { buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import { KnownIntegrations } from './known-integrations.service.js';

const record = (state: Partial<IntegrationState> & { id: string }) => ({
  key: state.id,
  headers: {},
  value: Buffer.from(JSON.stringify(buildIntegrationState({ organizationId: 'acme', name: 'hook', ...state }))),
});

const namesOf = (known: KnownIntegrations): string[] => [...known.ofOrganization('acme')].map(({ name }) => name);

describe('the known integrations', () => {
  it('do not go back to an earlier version', () => {
    const known = new KnownIntegrations();
    const id = uuidv7();
    known.apply(record({ id, version: 2, name: 'newer' }));
    known.apply(record({ id, version: 1, name: 'older' }));
    expect(namesOf(known)).toEqual(['newer']);
  });

  it('go back to what a topic that was created again says first, since its owner may have been restored', () => {
    const known = new KnownIntegrations();
    const id = uuidv7();
    known.apply(record({ id, version: 9, name: 'before the restore' }));
    known.readAgain();
    expect(namesOf(known)).toEqual(['before the restore']);
    known.apply(record({ id, version: 3, name: 'restored' }));
    known.apply(record({ id, version: 2, name: 'read twice' }));
    known.readWhole();
    expect(namesOf(known)).toEqual(['restored']);
  });

  it('are only those that the topic holds, once it was read whole', () => {
    const known = new KnownIntegrations();
    const [kept, gone, made] = [uuidv7(), uuidv7(), uuidv7()];
    const removed: string[] = [];
    known.apply(record({ id: kept, name: 'kept' }));
    known.apply(record({ id: gone, name: 'gone' }));
    known.onChange((id, next) => next === undefined && removed.push(id));
    known.readAgain();
    known.apply(record({ id: kept, name: 'kept' }));
    known.apply(record({ id: made, name: 'made meanwhile' }));
    expect([namesOf(known), removed]).toEqual([['kept', 'gone', 'made meanwhile'], []]);
    known.readWhole();
    expect([namesOf(known), removed]).toEqual([['kept', 'made meanwhile'], [gone]]);
  });
});
