import { CODECS } from '../codecs.js';
import { replaceModule } from './replace-module.js';

/** kafkajs has gzip alone, without a bound; foreign publishers choose their codec. */
replaceModule<{ Codecs: Record<number, unknown> }>('kafkajs/src/protocol/message/compression/index.js', (original) => {
  Object.assign(original.Codecs, CODECS);
  return original;
});
