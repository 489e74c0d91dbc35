import { UnreadableEvent } from '#libs/contracts';

/** Several records that came as one batch, of which none can be told from the next. */
export class UndecodableRecords extends UnreadableEvent {
  constructor(
    readonly firstOffset: string,
    readonly lastOffset: string,
    reason: string,
  ) {
    super(`the batch of offsets ${firstOffset} to ${lastOffset} cannot be decoded: ${reason}`);
  }
}

const AT = { firstOffset: 0, attributes: 21, lastOffsetDelta: 23, maxTimestamp: 35, producerId: 43 };
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** A batch that cannot be decoded, in the place of its records: its bytes as they are, at its last offset, behind which reading goes on. */
export class UndecodableBatch {
  readonly key = null;
  readonly headers = {};
  readonly attributes = 0;
  readonly magicByte = 2;
  readonly value: Buffer;
  readonly offset: string;
  readonly timestamp: string;
  readonly isControlRecord: boolean;
  /** As kafkajs wants it to tell the records of an aborted transaction. */
  readonly batchContext: { producerId: string; inTransaction: boolean };
  readonly error: UndecodableRecords;

  constructor(batch: Buffer, reason: Error) {
    const first = batch.readBigInt64BE(AT.firstOffset);
    const attributes = batch.readInt16BE(AT.attributes);
    this.value = batch;
    this.offset = String(first + BigInt(Math.max(0, batch.readInt32BE(AT.lastOffsetDelta))));
    this.timestamp = String(batch.readBigInt64BE(AT.maxTimestamp));
    this.isControlRecord = (attributes & CONTROL) !== 0;
    this.batchContext = {
      producerId: String(batch.readBigInt64BE(AT.producerId)),
      inTransaction: (attributes & TRANSACTIONAL) !== 0,
    };
    this.error = new UndecodableRecords(String(first), this.offset, reason.message);
  }
}
