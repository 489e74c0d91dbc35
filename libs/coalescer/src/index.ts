export { Coalescer, type PieceLimits } from './coalescer.js';
