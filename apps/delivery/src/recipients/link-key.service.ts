import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The key that signs the links in mails, and hashes the addresses that they are about. */
@Injectable()
export class LinkKey {
  private key: Promise<Buffer> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** The same on every instance: made with the table that keeps it. @throws the database's faults */
  get(): Promise<Buffer> {
    this.key ??= this.read().catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }

  private async read(): Promise<Buffer> {
    const [{ key }] = await this.dataSource.query<[{ key: Buffer }]>('SELECT key FROM mail_link_keys');
    return key;
  }
}
