import { describe, expect, it } from 'vitest';
import { UnreadableEvent, uuidv7, type ProjectState } from '#libs/contracts';
import { KnownProjects } from './known-projects.service.js';

const record = (state: Partial<ProjectState> & { id: string }) => ({
  key: state.id,
  headers: {},
  value: Buffer.from(JSON.stringify({ organizationId: 'acme', name: 'Checkout', ...state })),
});

describe('the known projects', () => {
  it('are those of the organization alone', async () => {
    const projects = new KnownProjects();
    const id = uuidv7();
    projects.apply(record({ id }));
    expect(await projects.find('acme', id)).toMatchObject({ id, name: 'Checkout' });
    expect(await projects.find('other', id)).toBeUndefined();
  });

  it('are read to the end before one is called unknown', async () => {
    const projects = new KnownProjects();
    const [there, later] = [uuidv7(), uuidv7()];
    let asked = 0;
    projects.apply(record({ id: there }));
    projects.readFrom({
      catchUp: () => {
        asked += 1;
        projects.apply(record({ id: later }));
        return Promise.resolve();
      },
    });
    expect(await projects.find('acme', there)).toBeDefined();
    expect(asked).toBe(0);
    expect(await projects.find('acme', later)).toBeDefined();
    expect(await projects.find('acme', uuidv7())).toBeUndefined();
    expect(asked).toBe(2);
  });

  it('know the newest, also after an older one is renamed', () => {
    const projects = new KnownProjects();
    const [older, newer] = [uuidv7(), uuidv7()];
    for (const id of [older, newer, older]) projects.apply(record({ id, name: id }));
    expect(projects.newestOf('acme')?.id).toBe(newer);
    expect(projects.newestOf('other')).toBeUndefined();
  });

  it('go with their tombstone', async () => {
    const projects = new KnownProjects();
    const id = uuidv7();
    projects.apply(record({ id }));
    projects.apply({ key: id, headers: {}, value: null });
    expect(await projects.find('acme', id)).toBeUndefined();
    expect(projects.newestOf('acme')).toBeUndefined();
  });

  it('are not taken from what cannot be read', () => {
    expect(() => new KnownProjects().apply({ key: 'x', headers: {}, value: Buffer.from('{"id":1}') })).toThrow(
      UnreadableEvent,
    );
  });

  it('are kept while a topic that was created again is read, and then those alone that it holds', async () => {
    const projects = new KnownProjects();
    const [kept, gone] = [uuidv7(), uuidv7()];
    for (const id of [kept, gone]) projects.apply(record({ id }));
    projects.readAgain();
    projects.apply(record({ id: kept, name: 'Restored' }));
    expect(await projects.find('acme', gone)).toBeDefined();
    projects.readWhole();
    expect(await projects.find('acme', gone)).toBeUndefined();
    expect(await projects.find('acme', kept)).toMatchObject({ name: 'Restored' });
    projects.readWhole(); // a reader says so after a start, too
    expect(await projects.find('acme', kept)).toBeDefined();
  });
});
