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
import './admin-client.js';
import { endPatching } from './replace-module.js';

endPatching();
