import { ENVIRONMENTS, type Environment } from '#libs/contracts';

/** Where a release goes: the next environment, or a higher one that was asked for; undefined where there is no such way up. */
export function promotionTarget(from: Environment, asked: Environment | undefined): Environment | undefined {
  const place = ENVIRONMENTS.indexOf(from);
  if (asked === undefined) return ENVIRONMENTS[place + 1];
  return ENVIRONMENTS.indexOf(asked) > place ? asked : undefined;
}
