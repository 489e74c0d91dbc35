import { Client, type ClientConfig } from 'pg';

/**
 * A connection of the pool that may fail while nobody listens: between its release, as the answer to a statement is read, and
 * the moment that TypeORM takes it over, the rest of what was read may say that the server is going away. Whoever has it
 * next is told, since it takes no statement any more; without a listener it would be the end of the process.
 */
export class PoolClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
