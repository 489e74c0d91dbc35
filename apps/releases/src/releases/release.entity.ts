import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Environment } from '#libs/contracts';

/** One version in one environment of one project. */
@Entity('releases')
export class ReleaseEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'organization_id' }) organizationId: string;
  @Column('uuid', { name: 'project_id' }) projectId: string;
  @Column('text') environment: Environment;
  @Column('text') version: string;
  @Column('boolean') mandatory: boolean;
  @Column('text', { nullable: true }) description: string | null;
  @Column('smallint', { name: 'rollout_percentage' }) rolloutPercentage: number;
  /** Grows with every change, and goes on growing over a promotion. */
  @Column('integer') revision: number;
  @Column('uuid', { name: 'promoted_from_id', nullable: true }) promotedFromId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
