import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** Not in nodemailer's types; a test floods a connection and so holds them to it. */
interface Reading {
  _onData(chunk: Buffer): void;
  _onResponseTooLarge(): void;
}

/**
 * Counts every byte that a mail server says. nodemailer bounds each answer; answers that nobody asked for, and empty
 * lines between them, it would keep without a limit.
 */
export class BoundedAnswers {
  private bytes = 0;

  constructor(connection: SMTPConnection, mostBytes: number) {
    const reading = connection as SMTPConnection & Reading;
    const read = reading._onData.bind(connection);
    reading._onData = (chunk) => {
      this.bytes += chunk.length;
      if (this.bytes > mostBytes) reading._onResponseTooLarge();
      else read(chunk);
    };
  }

  /** The next mail begins. */
  forget(): void {
    this.bytes = 0;
  }
}
