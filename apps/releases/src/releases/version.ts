/** As people write versions: `1.0.5`, `v1.2`, `2.0.0-beta.1+build.5`; 64 characters at most. */
export const VERSION = /^(?=.{1,64}$)v?\d[0-9A-Za-z.+-]*$/;
