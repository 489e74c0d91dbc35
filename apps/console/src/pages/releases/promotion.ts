import type { Environment } from '../../api/types.js';

/** From the lowest to the highest. */
export const ENVIRONMENTS: readonly Environment[] = ['test', 'stage', 'prod'];

/** Where a release can go from there; the next one first. */
export const above = (from: Environment): Environment[] => ENVIRONMENTS.slice(ENVIRONMENTS.indexOf(from) + 1);
