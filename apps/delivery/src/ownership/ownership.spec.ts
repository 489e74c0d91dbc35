import { describe, expect, it } from 'vitest';
import { inBackground } from '../../../../test/support/in-background.js';
import { DELIVERY_REQUESTED } from '#libs/contracts';
import { partitionFor, type TopicChange, type TopicListener } from '#libs/kafka';
import { Ownership } from './ownership.service.js';

const topic = DELIVERY_REQUESTED.topic;
const ids = Array.from({ length: 200 }, (_, n) => `integration-${n}`);

/** Instances that share the partitions as a group would. */
class Group {
  readonly members: Ownership[] = [];
  changes = 0;
  private readonly rejoin: ((assignment: Map<string, Set<number>>) => void)[] = [];
  private readonly watchers: TopicListener[] = [];

  constructor(count: number) {
    for (let member = 0; member < count; member += 1) {
      const watch = (_: string, listener: TopicListener) => {
        this.watchers.push(listener);
        return () => undefined;
      };
      const one = new Ownership({ topics: { watch } });
      this.rejoin.push((assignment) => one.assign(assignment));
      one.onChange(() => void (this.changes += 1));
      this.members.push(one);
    }
  }

  assign(partitions: number): void {
    this.rejoin.forEach((join, member) => {
      const mine = Array.from({ length: partitions }, (_, n) => n).filter((n) => n % this.members.length === member);
      join(new Map([[topic, new Set(mine)]]));
    });
  }

  topicIs(kind: TopicChange['kind'], partitions: number): void {
    for (const watcher of this.watchers) watcher({ topic, kind, id: 'x', partitions, before: undefined });
  }

  ownersOf(id: string): number {
    return this.members.filter((one) => one.has(id)).length;
  }
}

describe('who owns an integration', () => {
  it.each([1, 6, 24, 48, 100])('is exactly one of three instances where the topic has %i partitions', (partitions) => {
    const group = new Group(3);
    group.topicIs('seen', partitions);
    group.assign(partitions);
    expect(ids.map((id) => group.ownersOf(id))).toEqual(ids.map(() => 1));
  });

  it('follows a topic that grows: nobody until the new partitions are assigned, then one', () => {
    const group = new Group(3);
    group.topicIs('seen', 24);
    group.assign(24);
    group.changes = 0;
    group.topicIs('resized', 100);
    const moved = ids.filter((id) => partitionFor(id, 100) >= 24);
    expect(moved.map((id) => group.ownersOf(id))).toEqual(moved.map(() => 0));
    group.assign(100);
    expect(ids.map((id) => group.ownersOf(id))).toEqual(ids.map(() => 1));
    expect(group.changes).toBe(6);
  });

  it('is nobody before the number of partitions is known, and stays who it was while the topic is gone', () => {
    const group = new Group(2);
    group.assign(24);
    expect(group.ownersOf('a')).toBe(0);
    group.topicIs('seen', 24);
    expect(group.ownersOf('a')).toBe(1);
    group.topicIs('vanished', 0);
    expect(group.ownersOf('a')).toBe(1);
  });

  it('is never an instance that stops', () => {
    const group = new Group(1);
    group.topicIs('seen', 24);
    group.assign(24);
    group.members[0]!.end();
    expect(group.ownersOf('a')).toBe(0);
  });
});

describe('deliveries that wait until their partitions are taken over', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  /** An instance whose takeovers end as the test says. */
  function takingOver() {
    const takeovers: { done: () => void; failed: (error: Error) => void }[] = [];
    const ownership = new Ownership({ topics: { watch: () => () => undefined } });
    ownership.onChange(() => new Promise<void>((done, failed) => void takeovers.push({ done, failed })));
    const taken: string[] = [];
    const take = (name: string): Promise<void> => ownership.takenOver().then(() => void taken.push(name));
    return { takeovers, taken, take, change: () => ownership.assign(new Map()) };
  }

  it.each(['done', 'given up'])(
    'keep their order where the partitions change again and the first is %s',
    async (end) => {
      const { takeovers, taken, take, change } = takingOver();
      change();
      const first = inBackground(take('first'));
      change();
      const second = inBackground(take('second'));
      takeovers[1]!.done();
      await turn();
      expect(taken).toEqual([]);
      if (end === 'done') takeovers[0]!.done();
      else takeovers[0]!.failed(new Error('given up'));
      await Promise.all([first, second, take('third')]);
      expect(taken).toEqual(['first', 'second', 'third']);
    },
  );

  it('are told where the last takeover fails, and go on after the next', async () => {
    const { takeovers, taken, take, change } = takingOver();
    change();
    const first = take('first');
    takeovers[0]!.failed(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await expect(take('second')).rejects.toThrow('no');
    change();
    takeovers[1]!.done();
    await take('third');
    expect(taken).toEqual(['third']);
  });
});
