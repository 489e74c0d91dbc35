/** `@Inject(LOGGER)`: the service's logger. */
export const LOGGER = Symbol('LOGGER');

/** `@Inject(SERVICE_NAME)`: `releases`, `delivery` … */
export const SERVICE_NAME = Symbol('SERVICE_NAME');
