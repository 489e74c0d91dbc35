import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TokenAnswer = (form: URLSearchParams, response: ServerResponse, request: IncomingMessage) => void;

/** Slack and Discord as far as a code is exchanged there, in a server of its own. */
export interface OAuthProviderStandIn {
  origin: string;
  /** Forms that were posted to the token endpoints. */
  asked: { path: string; form: URLSearchParams }[];
  answerWith: (answer: TokenAnswer) => void;
  close: () => Promise<void>;
}

export const answerJson =
  (body: unknown, status = 200, headers: Record<string, string> = {}): TokenAnswer =>
  (_form, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export const slackAnswer = (origin: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ok: true,
  access_token: 'xoxb-never-kept',
  team: { id: 'T1', name: 'Acme' },
  incoming_webhook: {
    channel: '#ios-releases',
    channel_id: 'C1',
    configuration_url: `${origin}/configuration`,
    url: `${origin}/services/T1/B1/slack-webhook-secret`,
  },
  ...more,
});

export const discordAnswer = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  access_token: 'discord-never-kept',
  token_type: 'Bearer',
  scope: 'webhook.incoming',
  webhook: {
    id: '123456789012345678',
    token: 'discord-webhook-secret',
    name: 'Releases',
    channel_id: '223456789012345678',
    guild_id: '323456789012345678',
    url: 'https://discord.com/api/webhooks/123456789012345678/discord-webhook-secret',
  },
  ...more,
});

export async function startOAuthProvider(): Promise<OAuthProviderStandIn> {
  const asked: OAuthProviderStandIn['asked'] = [];
  let answer: TokenAnswer = answerJson({}, 500);
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push({ path: request.url!, form });
      answer(form, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answerWith: (next) => (answer = next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
