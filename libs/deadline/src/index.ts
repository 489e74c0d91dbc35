export { Rounds } from './rounds.js';
export { until } from './until.js';
export { within } from './within.js';
