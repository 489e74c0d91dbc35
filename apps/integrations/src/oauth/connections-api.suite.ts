import { INTEGRATION_STATE, parseEvent, uuidv7, type IntegrationState } from '#libs/contracts';
import { eventually } from '../../../../test/support/eventually.js';
import { Topics, ready, startIntegrations, type IntegrationsApi } from '../integrations-api.suite.js';
import type { Integration, IntegrationPage } from '../integrations/integration.dto.js';
import {
  answerJson,
  discordAnswer,
  slackAnswer,
  startOAuthProvider,
  type OAuthProviderStandIn,
} from './oauth-provider.suite.js';

export const ADMIN = 'http://localhost:4000';
export type Kind = 'slack' | 'discord';

export interface Begun {
  authorizeUrl: URL;
  state: string;
  cookie: string;
  setCookie: string;
}

export const newOrganization = (): string => `org-${uuidv7()}`;

/** The service, a provider to sign in at, and what a browser does between the two. */
export class ConnectionsApi {
  private constructor(
    readonly api: IntegrationsApi,
    readonly provider: OAuthProviderStandIn,
    readonly topics: Topics,
  ) {}

  private readonly onTopic = this.topics.follow(INTEGRATION_STATE.topic);

  static async start(): Promise<ConnectionsApi> {
    const provider = await startOAuthProvider();
    const api = await startIntegrations({
      ADMIN_BASE_URL: ADMIN,
      SLACK_BASE_URL: provider.origin,
      SLACK_CLIENT_ID: 'slack-client',
      SLACK_CLIENT_SECRET: 'slack-client-secret',
      DISCORD_BASE_URL: `${provider.origin}/discord`,
      DISCORD_CLIENT_ID: 'discord-client',
      DISCORD_CLIENT_SECRET: 'discord-client-secret',
    });
    await ready(api);
    return new ConnectionsApi(api, provider, new Topics());
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.provider.close();
    await this.topics.close();
  }

  async begin(
    organizationId: string,
    body: Record<string, unknown> = { projectId: null },
    kind: Kind = 'slack',
  ): Promise<Begun> {
    const answer = await this.api.call<{ authorizeUrl: string }>(organizationId, `POST /integrations/oauth/${kind}`, {
      body,
    });
    if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    const authorizeUrl = new URL(answer.body.authorizeUrl);
    const [setCookie] = answer.headers.getSetCookie();
    const state = authorizeUrl.searchParams.get('state')!;
    return { authorizeUrl, state, cookie: setCookie!.split(';')[0]!, setCookie: setCookie! };
  }

  /** What the console is told. */
  async comeBack(
    query: Record<string, string> | string,
    cookie = '',
    kind: Kind = 'slack',
  ): Promise<Record<string, string>> {
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${this.api.url}/api/v1/oauth/${kind}/callback?${search}`, {
      headers: cookie === '' ? {} : { cookie },
      redirect: 'manual',
    });
    const location = response.headers.get('location') ?? '';
    if (response.status !== 302 || !location.startsWith(`${ADMIN}/integrations?`))
      throw new Error(`${response.status}: ${location}`);
    return Object.fromEntries(new URL(location).searchParams);
  }

  grants(kind: Kind): void {
    this.provider.answerWith(answerJson(kind === 'slack' ? slackAnswer(this.provider.origin) : discordAnswer()));
  }

  async connect(
    organizationId: string,
    body?: Record<string, unknown>,
    kind: Kind = 'slack',
  ): Promise<Record<string, string>> {
    this.grants(kind);
    const { state, cookie } = await this.begin(organizationId, body, kind);
    return this.comeBack({ code: 'the-code', state }, cookie, kind);
  }

  async listed(organizationId: string): Promise<Integration[]> {
    return (await this.api.call<IntegrationPage>(organizationId, 'GET /integrations')).body.items;
  }

  /** Connections on their way. */
  async states(): Promise<number> {
    const rows = await this.api.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM oauth_states');
    return Number(rows[0]!.n);
  }

  stateAt(id: string, version: number): Promise<IntegrationState> {
    return eventually(() => {
      const found = this.onTopic
        .filter(({ key, value }) => key === id && value !== null)
        .map((record) => parseEvent(INTEGRATION_STATE, record))
        .find((one) => one.version === version);
      if (!found) throw new Error(`no version ${version} on the topic`);
      return found;
    });
  }

  opened({ id, organizationId, credentials, credentialsVersion: version }: IntegrationState): Promise<unknown> {
    return this.api.opener.open({ organizationId, integrationId: id, purpose: 'credentials', version }, credentials);
  }
}
