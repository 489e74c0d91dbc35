export { within } from './within.js';
export { until } from './until.js';
