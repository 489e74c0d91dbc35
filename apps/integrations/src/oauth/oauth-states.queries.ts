import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Environment, EventType } from '#libs/contracts';
import type { Provider } from '#libs/providers';

/** What was chosen when a connection was begun; it is not taken from the way back. */
export interface OAuthChoice {
  organizationId: string;
  userId: string;
  /** Fit to be shown. */
  userName: string;
  projectId: string | null;
  name: string | null;
  /** Empty: all. */
  eventTypes: EventType[];
  /** Empty: all. */
  environments: Environment[];
  alerts: boolean;
  owner: string | null;
  note: string | null;
  /** The integration to reconnect; null: a new one. */
  integrationId: string | null;
}

export interface OAuthState extends OAuthChoice {
  provider: Provider;
  /** Of use only together with the code and our client's secret, so it is kept as it is. */
  codeVerifier: string | null;
  /** Of the value in the browser's cookie. */
  nonceHash: Buffer;
}

export type TakenState = { kind: 'taken'; state: OAuthState } | { kind: 'expired' } | { kind: 'unknown' };

interface Row {
  nonce_hash: Buffer;
  organization_id: string;
  user_id: string;
  /** null where an earlier version began the connection. */
  user_name: string | null;
  project_id: string | null;
  name: string | null;
  /** These three are null where an earlier version began the connection. */
  event_types: EventType[] | null;
  environments: Environment[] | null;
  alerts: boolean | null;
  owner: string | null;
  note: string | null;
  integration_id: string | null;
  code_verifier: string | null;
  expires_at: Date;
}

/** How long an expired state is kept, so that its user can be told what happened. */
const TOLD_FOR = '1 hour';

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** States by the hash of their handle: who reads the table cannot come back with one. */
@Injectable()
export class OAuthStatesQueries {
  constructor(private readonly dataSource: DataSource) {}

  async keep(handle: string, state: OAuthState, expiresAt: Date): Promise<void> {
    const { nonceHash, provider, organizationId, userId, userName } = state;
    const { projectId, name, eventTypes, environments, alerts, owner, note, integrationId, codeVerifier } = state;
    await this.dataSource.query(
      `INSERT INTO oauth_states
         (handle_hash, nonce_hash, provider, organization_id, user_id, user_name, project_id, name,
          event_types, environments, alerts, owner, note, integration_id, code_verifier, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        sha256(handle),
        nonceHash,
        provider,
        organizationId,
        userId,
        userName,
        projectId,
        name,
        eventTypes,
        environments,
        alerts,
        owner,
        note,
        integrationId,
        codeVerifier,
        expiresAt,
      ],
    );
  }

  /** Each can be taken once, whoever brings it. */
  async take(handle: string, provider: Provider, now: Date): Promise<TakenState> {
    const [rows] = await this.dataSource.query<[Row[], number]>(
      'DELETE FROM oauth_states WHERE handle_hash = $1 AND provider = $2 RETURNING *',
      [sha256(handle), provider],
    );
    const [row] = rows;
    if (!row) return { kind: 'unknown' };
    if (row.expires_at <= now) return { kind: 'expired' };
    const state = {
      provider,
      organizationId: row.organization_id,
      userId: row.user_id,
      userName: row.user_name ?? row.user_id,
      projectId: row.project_id,
      name: row.name,
      eventTypes: row.event_types ?? [],
      environments: row.environments ?? [],
      alerts: row.alerts ?? false,
      owner: row.owner,
      note: row.note,
      integrationId: row.integration_id,
      codeVerifier: row.code_verifier,
      nonceHash: row.nonce_hash,
    };
    return { kind: 'taken', state };
  }

  async forgetOld(now: Date): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM oauth_states WHERE expires_at < $1::timestamptz - interval '${TOLD_FOR}'`,
      [now],
    );
  }
}
