import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryStatus, ReleaseEvent } from '#libs/contracts';

/** Waiting in the ledger for the pump: an overflow, in its order, a redelivery, or what was due and never came. */
export const QUEUE = { parked: 1, redelivery: 2, overdue: 3 } as const;
export type Queue = (typeof QUEUE)[keyof typeof QUEUE];

/** One event for one integration, and how far it got. */
@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid') id: string;
  /** The time it is kept under, the event's own or ours: the partition it lies in, and the order of every list. */
  @PrimaryColumn('timestamptz', { name: 'event_at' }) eventAt: Date;
  @Column('text', { name: 'event_id' }) eventId: string;
  @Column('text', { name: 'event_type' }) eventType: string;
  @Column('text', { name: 'organization_id' }) organizationId: string;
  @Column('uuid', { name: 'integration_id' }) integrationId: string;
  @Column('uuid', { name: 'project_id' }) projectId: string;
  @Column('text', { name: 'project_name' }) projectName: string;
  @Column('uuid', { name: 'release_id' }) releaseId: string;
  @Column('text') version: string;
  @Column('text') environment: string;
  @Column('boolean') test: boolean;
  @Column('text') status: DeliveryStatus;
  @Column('integer') round: number;
  /** Attempts made in this round. */
  @Column('integer', { name: 'round_attempts' }) roundAttempts: number;
  /** Attempts made in all rounds. */
  @Column('integer', { name: 'attempt_count' }) attemptCount: number;
  /** Of the credentials that the last attempt was made with, or would have been. */
  @Column('integer', { name: 'credentials_version' }) credentialsVersion: number;
  @Column('smallint', { nullable: true }) queue: Queue | null;
  @Column('bigint', { name: 'queue_position' }) queuePosition: string;
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true }) nextAttemptAt: Date | null;
  @Column('integer', { name: 'last_status_code', nullable: true }) lastStatusCode: number | null;
  @Column('text', { name: 'last_error_code', nullable: true }) lastErrorCode: string | null;
  @Column('text', { name: 'last_error', nullable: true }) lastError: string | null;
  @Column('json') event: ReleaseEvent;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
