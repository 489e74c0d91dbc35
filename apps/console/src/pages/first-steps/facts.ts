import type { Integration } from '../../api/types.js';

export const STEPS = ['project', 'destination', 'test', 'release'] as const;
export type Step = (typeof STEPS)[number];
/** Whether each step is done; undefined while that is not known. */
export type Facts = Record<Step, boolean | undefined>;

type Tried = Pick<Integration, 'health' | 'lastDelivery' | 'statusFreshness'>;

/** A message has arrived somewhere, as far as the destinations show. `ask`: where all failed, only the deliveries can tell. */
export function arrivedAt(integrations: readonly Tried[]): boolean | 'ask' | undefined {
  if (integrations.length === 0) return false;
  if (integrations.some(({ health, lastDelivery }) => health === 'healthy' || lastDelivery?.status === 'delivered'))
    return true;
  if (integrations.some(({ statusFreshness: { state } }) => state !== 'current')) return undefined;
  return integrations.some(({ lastDelivery }) => lastDelivery !== null) && 'ask';
}

export const doneIn = (facts: Facts): number => STEPS.filter((step) => facts[step] === true).length;

/** Where nothing is known to be missing, nobody is asked to do anything. */
export const isSomethingOpen = (facts: Facts): boolean => STEPS.some((step) => facts[step] === false);
