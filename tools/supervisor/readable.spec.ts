import { describe, expect, it } from 'vitest';
import { readable } from './readable.js';

describe('a line for the terminal', () => {
  it('says why the brokers refuse a service, and what to check', () => {
    const line = JSON.stringify({
      level: 'error',
      service: 'releases',
      reason: 'the brokers do not accept the user or the password',
      check: 'KAFKA_SASL_PASSWORD',
      event: 'kafka.refused',
    });
    expect(readable(line)).toBe(
      'releases: kafka.refused (the brokers do not accept the user or the password); check KAFKA_SASL_PASSWORD',
    );
  });
});
