import type { Caller } from '#libs/auth';
import type { Provider } from '#libs/contracts';
import { describeError, type Logger } from '#libs/observability';
import { Problem, unprocessable } from '#libs/problems';
import type { IntegrationChecks } from '../integrations/integration-checks.service.js';
import type { IntegrationsQueries } from '../integrations/integrations.queries.js';
import type { Integrations } from '../integrations/integrations.service.js';
import type { Granted } from '../providers/provider.js';
import type { ProviderList } from '../providers/provider-list.js';
import { OAuthFault, type OAuthFaultCode } from './oauth-fault.js';
import type { OAuthChoice, OAuthStatesQueries } from './oauth-states.queries.js';
import { OneTimeStateStore, type OAuthRequest } from './one-time-state.store.js';
import { ProviderStrategy } from './provider.strategy.js';

export interface ConnectionsDependencies {
  providers: ProviderList;
  states: OAuthStatesQueries;
  integrations: Integrations;
  queries: IntegrationsQueries;
  checks: IntegrationChecks;
  /** `https://admin.example.com` */
  adminBaseUrl: string;
  logger: Logger;
  now?: () => Date;
}

export interface Begin {
  projectId: string | null;
  name?: string;
  integrationId?: string;
}

/** What a provider sent the browser back with; anything may be in it. */
export interface WayBack {
  code: unknown;
  state: unknown;
  error: unknown;
}

export type Connected =
  { kind: 'connected'; integrationId: string; already: string | null } | { kind: 'fault'; code: OAuthFaultCode };

/** Longer than any that a provider gives, and short enough for a log or a query. */
const LONGEST = 2_000;

/** Connecting by signing in at the provider: there and back again. */
export class Connections {
  private readonly strategies = new Map<Provider, { strategy: ProviderStrategy; store: OneTimeStateStore }>();
  private readonly now: () => Date;

  constructor(private readonly on: ConnectionsDependencies) {
    this.now = on.now ?? ((): Date => new Date());
    for (const { id, oauth } of on.providers.all) {
      if (!oauth) continue;
      const store = new OneTimeStateStore(id, on.states, this.now);
      const callbackUrl = `${on.adminBaseUrl}/api/v1/oauth/${id}/callback`;
      this.strategies.set(id, { strategy: new ProviderStrategy(oauth, callbackUrl, store), store });
    }
  }

  /** Where to send the browser. @throws Problem 404, 422 */
  async begin(caller: Caller, id: Provider, { projectId, name, integrationId }: Begin, nonce: string): Promise<string> {
    this.on.providers.oauth(id);
    if (integrationId !== undefined) await this.checkReconnectable(caller, id, integrationId);
    await this.on.checks.project(caller, projectId);
    await this.on.states.forgetOld(this.now());
    const { organizationId, userId } = caller;
    const choice = { organizationId, userId, projectId, name: name ?? null, integrationId: integrationId ?? null };
    const authorizeUrl = await this.strategies.get(id)!.strategy.begin({ query: {}, nonce }, choice);
    this.on.logger.info({ provider: id, organizationId, userId, projectId, integrationId }, 'connection.begun');
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
      if (code === 'failed') this.on.logger.error({ provider: id, error: describeError(error) }, 'connection.failed');
      else this.on.logger.warn({ provider: id, code, reason }, 'connection.refused');
      return { kind: 'fault', code };
    }
  }

  private async checkReconnectable({ organizationId }: Caller, id: Provider, integrationId: string): Promise<void> {
    const { provider } = await this.on.queries.one(organizationId, integrationId);
    if (provider !== id)
      throw unprocessable('integrationId', `This integration is not one of ${this.on.providers.get(id).name}.`);
  }

  private async grantedBy(
    id: Provider,
    back: WayBack,
    nonce: string,
  ): Promise<{ granted: Granted; choice: OAuthChoice }> {
    const known = this.strategies.get(id);
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
    { organizationId, projectId, name, integrationId }: OAuthChoice,
  ): Promise<{ integrationId: string; already: string | null }> {
    const { integrations, queries, checks } = this.on;
    const owner = { organizationId };
    const twin = await queries.withTarget(organizationId, granted.target, integrationId);
    if (integrationId !== null) {
      await integrations.reconnect(owner, integrationId, granted);
      return { integrationId, already: twin };
    }
    await checks.project(owner, projectId);
    const made = await integrations.connect(owner, { provider, projectId, name: name ?? granted.name }, granted);
    return { integrationId: made.id, already: twin };
  }
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
