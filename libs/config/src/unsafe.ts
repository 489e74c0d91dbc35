/** Rules for `Setting.unsafe`: each says what a value must be in production, or nothing where it is that. */

/** What goes there, or comes from there, could be read and changed on the way. */
export const withoutTls = (url: string): string | undefined =>
  new URL(url).protocol === 'http:' ? 'must begin with https://' : undefined;

const THIS_MACHINE =
  /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::(1|ffff:(7f[0-9a-f]{2}|0):[0-9a-f]{1,4})?\])\.?$/;

/** Nobody but this machine finds anything there. */
export const onThisMachine = (url: string): string | undefined =>
  THIS_MACHINE.test(new URL(url).hostname) ? 'must not lead to this machine' : undefined;
