/** A P-256 key with its private part. */
export interface PrivateSigningKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
  kid?: string;
}

/** @throws Error that says what the key must be, without repeating any of it */
export function privateSigningKey(value: unknown): PrivateSigningKey {
  const key = (value ?? {}) as Partial<PrivateSigningKey>;
  const whole = [key.x, key.y, key.d].every((part) => typeof part === 'string' && part !== '');
  if (key.kty !== 'EC' || key.crv !== 'P-256' || !whole) throw new Error('must be a private P-256 key as a JWK');
  return key as PrivateSigningKey;
}
