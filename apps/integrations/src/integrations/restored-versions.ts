import { kidOf } from '#libs/credentials';
import type { IntegrationState } from '#libs/contracts';

/** What of a published state decides about versions. */
export interface SeenVersions {
  version: number;
  credentialsVersion: number;
  /** Names the sealed credentials: each sealing has a tag of its own. */
  tag: string;
  kid: string | undefined;
}

export const versionsOf = ({ version, credentialsVersion, credentials }: VersionedState): SeenVersions => ({
  version,
  credentialsVersion,
  tag: credentials.tag,
  kid: kidOf(credentials),
});

export type VersionedState = Pick<IntegrationState, 'version' | 'credentialsVersion' | 'credentials'> & {
  sealedVersion?: number | null;
};

export interface Versions {
  version: number;
  credentialsVersion: number;
  sealedVersion: number | null;
}

/**
 * The versions under which a row goes out that differs from what its topic shows. Where the table was restored, the topic
 * is ahead of it: versions go on growing past that, or the other services would ignore the row. The credentials are
 * sealed under the version that they had, so that one is kept beside the new one.
 */
export function restoredVersions(row: VersionedState, seen: SeenVersions | undefined): Versions {
  const sealedVersion = row.sealedVersion ?? null;
  const { version, credentialsVersion } = row;
  if (!seen) return { version, credentialsVersion, sealedVersion };
  const grown = grownCredentials(row, seen);
  const behind = version <= seen.version || grown !== credentialsVersion;
  return {
    version: behind ? Math.max(version, seen.version) + 1 : version,
    credentialsVersion: grown,
    sealedVersion: grown === credentialsVersion ? sealedVersion : (sealedVersion ?? credentialsVersion),
  };
}

/** The same credentials keep their version, unless the topic shows a higher one; others need one that the topic has not shown. */
function grownCredentials({ version, credentialsVersion, credentials }: VersionedState, seen: SeenVersions): number {
  if (credentials.tag === seen.tag) return Math.max(credentialsVersion, seen.credentialsVersion);
  if (credentialsVersion > seen.credentialsVersion) return credentialsVersion;
  // the same ones, sealed under another key a moment ago: nothing is to be drained
  const rotated = credentialsVersion === seen.credentialsVersion && version > seen.version;
  return rotated && kidOf(credentials) !== seen.kid ? credentialsVersion : seen.credentialsVersion + 1;
}
