// The order matters: loading a module to replace it loads those that it uses, which must have been replaced before.
import './begin.js';
import './timer-loop.js';
import './aborted-records.js';
import './record-encoder.js';
import './crc32c.js';
import './group-by-partition.js';
import './metadata-parser.js';
import './compression.js';
import './consumer-internals.js';
import './confirmed-heartbeats.js';
import './long-fetches.js';
import './swallowed-reasons.js';
import './batch-decoder.js';
import './missing-topic.js';
import './moved-leader.js';
import './admin-client.js';
import { createRequire } from 'node:module';
import { endPatching } from './replace-module.js';

endPatching();

/** kafkajs with our parts in it. Not by an import statement: in a bundle those run before anything else. */
export const kafkajs = createRequire(import.meta.url)('kafkajs') as typeof import('kafkajs');
