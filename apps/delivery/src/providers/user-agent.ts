const PRODUCT = 'NitroPush-Notifications/1';

/** Who is calling, and where people find out more: at the console. An origin is plain ASCII, whatever the alphabet of the address. */
export const userAgent = (homepage?: string): string =>
  homepage === undefined ? `${PRODUCT} (release notifications)` : `${PRODUCT} (+${new URL(homepage).origin})`;
