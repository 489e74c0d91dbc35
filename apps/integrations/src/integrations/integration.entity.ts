import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Environment, EventType, KeptCredentials, SealedSigningSecret, SealedValue } from '#libs/contracts';

/** One connected destination. Credentials are sealed: nothing here can open them. */
@Entity('integrations')
export class IntegrationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'organization_id' }) organizationId: string;
  /** One that a newer version has connected may not be declared here. */
  @Column('text') provider: string;
  @Column('text') name: string;
  /** null: all projects. */
  @Column('uuid', { name: 'project_id', nullable: true }) projectId: string | null;
  /** Empty: all. */
  @Column('text', { name: 'event_types', array: true }) eventTypes: EventType[];
  /** Empty: all. */
  @Column('text', { array: true }) environments: Environment[];
  @Column('boolean') enabled: boolean;
  /** It is also notified when a destination of the organization stops working. */
  @Column('boolean') alerts: boolean;
  /** Masked, fit to be shown. */
  @Column('text') destination: string;
  /** Names the channel, address or recipients that it leads to; null where it was last saved before forms had one. */
  @Column('text', { name: 'target_key', nullable: true }) targetKey: string | null;
  @Column('integer', { nullable: true }) concurrency: number | null;
  /** Who to ask about it. Never sent, and not part of its state. */
  @Column('text', { nullable: true }) owner: string | null;
  /** For people of the organization, as the owner is. */
  @Column('text', { nullable: true }) note: string | null;
  @Column('jsonb') credentials: SealedValue;
  /** Grows only when credentials are saved: dead letters of older ones are then delivered. */
  @Column('integer', { name: 'credentials_version' }) credentialsVersion: number;
  /** The version that the credentials were sealed under, where theirs has grown past it; null: the same. */
  @Column('integer', { name: 'sealed_version', nullable: true }) sealedVersion: number | null;
  /** Credentials of before that one field is still taken from; null: the current ones are whole. */
  @Column('jsonb', { name: 'kept_credentials', nullable: true }) keptCredentials: KeptCredentials | null;
  /** Names of the optional secrets that are set; null: saved before that was recorded. */
  @Column('text', { name: 'stored_secrets', array: true, nullable: true }) storedSecrets: string[] | null;
  /** The current one first. */
  @Column('jsonb', { name: 'signing_secrets' }) signingSecrets: SealedSigningSecret[];
  /** Grows with every change: the newer state wins. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
