import type { KafkaMessage } from 'kafkajs';

/** A record as a consumer gets it. */
export interface InboundRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, string>;
  /** Epoch ms. */
  readonly timestamp: number;
  /** False as soon as the partition went to another instance or the consumer stops: begin nothing new for it. */
  readonly owned: boolean;
}

/** As long as it is held, the partition's records are this instance's work. */
export interface Claim {
  held: boolean;
}

export class ConsumedRecord implements InboundRecord {
  private decoded: Record<string, string> | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly message: KafkaMessage,
    private readonly claim: Claim,
  ) {}

  get offset(): string {
    return this.message.offset;
  }

  get key(): string | null {
    return this.message.key === null ? null : this.message.key.toString('utf8');
  }

  get value(): Buffer | null {
    return this.message.value;
  }

  get timestamp(): number {
    return Number(this.message.timestamp);
  }

  get headers(): Record<string, string> {
    this.decoded ??= decodeHeaders(this.message);
    return this.decoded;
  }

  get owned(): boolean {
    return this.claim.held;
  }
}

/** Of a header that is there several times the last one counts; one without a value is none. */
function decodeHeaders(message: KafkaMessage): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last) decoded[name] = last.toString('utf8');
  }
  return decoded;
}
