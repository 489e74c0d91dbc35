/** A record on its way out. */
export interface OutboundRecord {
  key: string | null;
  value: Buffer | string | null;
  headers?: Record<string, string>;
  partition?: number;
}

/** A send over the brokers' message.max.bytes (1 MB) to one partition is refused for good, so one stays well below. */
export const MAX_SEND_RECORDS = 400;
export const MAX_SEND_BYTES = 512 * 1024;
