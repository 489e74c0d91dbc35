import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One try of one delivery. */
@Entity('attempts')
export class AttemptEntity {
  @PrimaryColumn('uuid', { name: 'delivery_id' }) deliveryId: string;
  @PrimaryColumn('timestamptz', { name: 'event_at' }) eventAt: Date;
  @PrimaryColumn('integer') round: number;
  @PrimaryColumn('integer') number: number;
  /** Grows with every attempt of all deliveries: where a stream goes on after a break. */
  @Column('bigint') seq: string;
  @Column('text', { name: 'organization_id' }) organizationId: string;
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('integer', { name: 'duration_ms' }) durationMs: number;
  @Column('text') outcome: 'delivered' | 'failed';
  /** The destination refused for good. */
  @Column('boolean') permanent: boolean;
  @Column('integer', { name: 'status_code', nullable: true }) statusCode: number | null;
  @Column('text', { name: 'error_code', nullable: true }) errorCode: string | null;
  @Column('text', { nullable: true }) error: string | null;
  @Column('text', { name: 'response_body', nullable: true }) responseBody: string | null;
  /** Of a failure; names in lower case. */
  @Column('json', { name: 'response_headers', nullable: true }) responseHeaders: Record<string, string> | null;
}
