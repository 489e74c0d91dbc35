export type { SealContext } from './context.js';
export { Sealer } from './sealer.js';
export { CannotOpen, Opener, kidOf } from './opener.js';
export {
  generateKeyPair,
  madeForOneMachine,
  markedForOneMachine,
  privateKeysSetting,
  publicKeySetting,
} from './keys.js';
