/** `@Inject(SETTINGS)`: the service's settings. A class declares the ones that it needs: `Pick<DeliverySettings, 'retryDelays'>`. */
export const SETTINGS = Symbol('SETTINGS');
