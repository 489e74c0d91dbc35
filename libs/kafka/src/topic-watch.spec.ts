import { describe, expect, it } from 'vitest';
import { quiet } from './fakes.suite.js';
import type { TopicState } from './topic-metadata.js';
import { TopicWatch } from './topic-watch.js';

/** A watch whose brokers answer as the test says; one question at a time. */
function watching(topic = 't'): {
  answer: (state?: TopicState | Error) => Promise<void>;
  kinds: string[];
  watch: TopicWatch;
} {
  let next: TopicState | Error | undefined;
  const watch = new TopicWatch({
    admin: async () => ({
      describeTopics: async () => {
        if (next instanceof Error) throw next;
        return new Map(next ? [[topic, next]] : []);
      },
    }),
    logger: quiet,
    intervalMs: 2 ** 31 - 1,
  });
  const kinds: string[] = [];
  watch.watch(topic, ({ kind, id, partitions }) => kinds.push(`${kind} ${id}/${partitions}`));
  const answer = async (state?: TopicState | Error): Promise<void> => {
    await watch.check(); // the one that `watch` began
    next = state;
    await watch.check();
    next = undefined;
  };
  return { answer, kinds, watch };
}

const gone: TopicState = { id: null, partitions: 0 };

describe('the watch over topics', () => {
  it('reports the first sight, more partitions, and another id', async () => {
    const { answer, kinds, watch } = watching();
    await answer({ id: 'a', partitions: 3 });
    await answer({ id: 'a', partitions: 3 });
    await answer({ id: 'a', partitions: 6 });
    await answer({ id: 'b', partitions: 6 });
    expect(kinds).toEqual(['seen a/3', 'resized a/6', 'recreated b/6']);
    expect(watch.stateOf('t')).toEqual({ id: 'b', partitions: 6 });
    watch.close();
  });

  it('takes no missing answer, error or lagging broker for a change', async () => {
    const { answer, kinds, watch } = watching();
    await answer({ id: 'a', partitions: 3 });
    await answer({ id: 'b', partitions: 6 });
    for (const state of [new Error('away'), undefined, gone, { id: 'a', partitions: 3 }, { id: 'b', partitions: 3 }])
      await answer(state);
    await answer({ id: 'b', partitions: 6 });
    expect(kinds).toEqual(['seen a/3', 'recreated b/6']);
    watch.close();
  });

  it('reports a topic that is gone once two answers say so, and its return', async () => {
    const { answer, kinds, watch } = watching();
    await answer(gone);
    await answer({ id: 'a', partitions: 3 });
    for (const state of [gone, gone, gone]) await answer(state);
    await answer({ id: 'b', partitions: 3 });
    for (const state of [gone, gone]) await answer(state);
    await answer({ id: 'b', partitions: 3 });
    expect(kinds).toEqual(['seen a/3', 'vanished a/0', 'recreated b/3', 'vanished b/0', 'resized b/3']);
    watch.close();
  });

  it('takes a smaller or returned topic for a recreated one where brokers give no ids', async () => {
    const { answer, kinds, watch } = watching();
    for (const partitions of [3, 6, 3]) await answer({ id: null, partitions });
    for (const state of [gone, gone]) await answer(state);
    await answer({ id: null, partitions: 3 });
    expect(kinds).toEqual(['seen null/3', 'resized null/6', 'recreated null/3', 'vanished null/0', 'recreated null/3']);
    watch.close();
  });

  it('tells a later listener the present state at once, and nothing after it has left', async () => {
    const { answer, kinds, watch } = watching();
    await answer({ id: 'a', partitions: 3 });
    const leave = watch.watch('t', ({ kind }) => {
      kinds.push(`later ${kind}`);
      throw new Error('a bug of the listener');
    });
    await Promise.resolve();
    leave();
    await answer({ id: 'b', partitions: 3 });
    expect(kinds).toEqual(['seen a/3', 'later seen', 'recreated b/3']);
    watch.close();
  });
});
