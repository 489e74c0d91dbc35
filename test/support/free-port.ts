import { freeBase, isFree } from '../../tools/stack/ports.js';

/** How many ports of a range may be given out; the last one holds the range. */
const PER_RANGE = 199;

let range: Promise<number> | undefined;
let given = 0;

/** A port that nobody else is given: one of a range that belongs to this process, below those of outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    if (!range || given === PER_RANGE) {
      range = freeBase();
      given = 0;
    }
    const place = given;
    given += 1;
    const port = (await range) + place;
    if (await isFree(port)) return port;
  }
}
