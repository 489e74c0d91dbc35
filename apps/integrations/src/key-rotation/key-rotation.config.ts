import { Setting, databaseUrl } from '#libs/config';
import { privateKeysSetting, publicKeySetting } from '#libs/credentials';

/** What a rotation needs: the only process beside `delivery` that is given private keys, and only while it runs. */
export class KeyRotationSettings {
  /** The database of `integrations`. */
  @Setting({ env: 'DATABASE_URL', parse: databaseUrl })
  databaseUrl: string;

  /** The new key, as `integrations` has it by now. */
  @Setting({ env: 'CREDENTIALS_PUBLIC_KEY', parse: publicKeySetting })
  credentialsPublicKey: ReturnType<typeof publicKeySetting>;

  /** The new private key and the old ones, as `delivery` has them by now. */
  @Setting({ env: 'CREDENTIALS_PRIVATE_KEYS', parse: privateKeysSetting })
  credentialsPrivateKeys: ReturnType<typeof privateKeysSetting>;
}
