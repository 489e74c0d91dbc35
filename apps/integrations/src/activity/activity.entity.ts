import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Activity } from '#libs/contracts';

/** What somebody did, as it was told. */
@Entity('activity')
export class ActivityEntity {
  /** Grows in the order in which they were told. */
  @PrimaryColumn('bigint', { generated: 'identity' }) position: string;
  @Column('uuid') id: string;
  @Column('text', { name: 'organization_id' }) organizationId: string;
  @Column('timestamptz') at: Date;
  @Column('text', { name: 'actor_id' }) actorId: string;
  @Column('text', { name: 'actor_name' }) actorName: string;
  @Column('text') action: string;
  @Column('text', { name: 'subject_kind' }) subjectKind: string;
  @Column('text', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'subject_name' }) subjectName: string;
  @Column('uuid', { name: 'project_id', nullable: true }) projectId: string | null;
  @Column('jsonb') changes: Activity['changes'];
}
