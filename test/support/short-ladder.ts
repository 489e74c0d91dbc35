/** For services that are started from now on: dead letters can be made in seconds, and destinations that fail for good after some. */
export function useShortLadder(): void {
  process.env['DELIVERY_RETRY_DELAYS'] = '1s,2s';
  process.env['DESTINATION_FAILING_AFTER'] = '6s';
}
