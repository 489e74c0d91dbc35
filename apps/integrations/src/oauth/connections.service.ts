import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import type { Environment, EventType } from '#libs/contracts';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Problem, unprocessable } from '#libs/problems';
import type { Granted, Provider } from '#libs/providers';
import { IntegrationChecks } from '../integrations/integration-checks.service.js';
import { IntegrationsQueries } from '../integrations/integrations.queries.js';
import { Integrations } from '../integrations/integrations.service.js';
import { OAuthFault, type OAuthFaultCode } from './oauth-fault.js';
import type { OAuthChoice } from './oauth-states.queries.js';
import type { OAuthRequest } from './one-time-state.store.js';
import { SignIns } from './sign-ins.service.js';

export interface Begin {
  projectId: string | null;
  name?: string;
  eventTypes?: EventType[];
  environments?: Environment[];
  alerts?: boolean;
  owner?: string | null;
  note?: string | null;
  integrationId?: string;
}

/** What a provider sent the browser back with; anything may be in it. */
export interface WayBack {
  code: unknown;
  state: unknown;
  error: unknown;
}

export type Connected =
  | { kind: 'connected'; integrationId: string; already: string | null }
  | { kind: 'fault'; code: OAuthFaultCode };

/** Longer than any that a provider gives, and short enough for a log or a query. */
const LONGEST = 2_000;

/** Connecting by signing in at the provider: there and back again. */
@Injectable()
export class Connections {
  constructor(
    private readonly signIns: SignIns,
    private readonly integrations: Integrations,
    private readonly queries: IntegrationsQueries,
    private readonly checks: IntegrationChecks,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Where to send the browser. @throws Problem 404, 422 */
  async begin(caller: Caller, id: Provider, chosen: Begin, nonce: string): Promise<string> {
    const { projectId, integrationId } = chosen;
    const { strategy } = this.signIns.require(id);
    if (integrationId !== undefined) await this.checkReconnectable(caller, id, integrationId);
    await this.checks.project(caller, projectId);
    await this.signIns.forgetOld();
    const { organizationId, userId } = caller;
    const authorizeUrl = await strategy.begin({ query: {}, nonce }, choiceOf(caller, chosen));
    this.logger.info({ provider: id, organizationId, userId, projectId, integrationId }, 'connection.begun');
    return authorizeUrl;
  }

  /** Never throws for what a provider, or somebody in its place, sent. */
  async finish(id: Provider, back: WayBack, nonce: string): Promise<Connected> {
    try {
      const { granted, choice } = await this.grantedBy(id, back, nonce);
      const connected = await this.carryOut(id, granted, choice);
      return { kind: 'connected', ...connected };
    } catch (error) {
      const fault = faultOf(error);
      const { code, reason } = fault;
      if (code === 'failed') this.logger.error({ provider: id, error: describeError(error) }, 'connection.failed');
      else this.logger.warn({ provider: id, code, reason }, 'connection.refused');
      return { kind: 'fault', code };
    }
  }

  private async checkReconnectable({ organizationId }: Caller, id: Provider, integrationId: string): Promise<void> {
    const { provider } = await this.queries.one(organizationId, integrationId);
    if (provider !== id)
      throw unprocessable('integrationId', `This integration is not one of ${this.signIns.nameOf(id)}.`);
  }

  private async grantedBy(
    id: Provider,
    back: WayBack,
    nonce: string,
  ): Promise<{ granted: Granted; choice: OAuthChoice }> {
    const known = this.signIns.find(id);
    const state = textOf(back.state);
    if (!known || state === undefined) throw new OAuthFault('state_unknown');
    const code = textOf(back.code);
    const request: OAuthRequest = { query: { state, ...(code !== undefined && { code }) }, nonce };
    if (back.error !== undefined || code === undefined) {
      await known.store.take(request, state); // it is used up, and tells whether this is the browser that began
      throw new OAuthFault(
        back.error === 'access_denied' ? 'access_denied' : 'provider_refused',
        errorCode(back.error),
      );
    }
    return known.strategy.finish(request);
  }

  private async carryOut(
    provider: Provider,
    granted: Granted,
    { organizationId, userId, userName, name, integrationId, ...route }: OAuthChoice,
  ): Promise<{ integrationId: string; already: string | null }> {
    const { integrations, queries, checks } = this;
    const actor = { organizationId, userId, name: userName };
    const twin = await queries.withTarget(organizationId, granted.target, integrationId);
    if (integrationId !== null) {
      await integrations.reconnect(actor, integrationId, granted);
      return { integrationId, already: twin };
    }
    await checks.project(actor, route.projectId);
    const made = await integrations.connect(actor, { ...route, provider, name: name ?? granted.name }, granted);
    return { integrationId: made.id, already: twin };
  }
}

function choiceOf({ organizationId, userId, name: userName }: Caller, chosen: Begin): OAuthChoice {
  const { projectId, name = null, eventTypes = [], environments = [], alerts = false, integrationId = null } = chosen;
  const { owner = null, note = null } = chosen;
  const route = { projectId, name, eventTypes, environments, alerts, owner, note };
  return { organizationId, userId, userName, ...route, integrationId };
}

function faultOf(error: unknown): OAuthFault {
  if (error instanceof OAuthFault) return error;
  if (error instanceof Problem && error.status === 404) return new OAuthFault('integration_missing');
  if (error instanceof Problem && error.status === 422) return new OAuthFault('project_missing');
  if (error instanceof Problem && error.code === 'limit-reached') return new OAuthFault('limit_reached');
  return new OAuthFault('failed');
}

/** A query parameter that is there once; of several, or of an object, nothing is taken. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : undefined;

const errorCode = (error: unknown): string | undefined =>
  typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : undefined;
