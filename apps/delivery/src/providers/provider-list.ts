import type { Provider } from '#libs/providers';
import type { DeliverySettings } from '../delivery.config.js';
import type { OutboundHttp } from '../outbound/outbound-http.service.js';
import type { AnswersSection } from './answer-rows.js';
import { DiscordProvider } from './discord/discord.provider.js';
import { discordMessage } from './discord/discord.message.js';
import { discordAnswers } from './discord/discord.rows.js';
import { emailPreview } from './email/email.preview.js';
import { EmailProvider } from './email/email.provider.js';
import { emailAnswers } from './email/email.rows.js';
import { mailClient, type MailClient, type MailSettings } from './email/mail-client.js';
import type { MailGuards } from './email/mail-guards.service.js';
import type { ProviderAdapter } from './provider.js';
import { postedAs, type Preview, type SentDelivery, type SentRequest } from './sent-request.js';
import { slackMessage } from './slack/slack.message.js';
import { SlackProvider } from './slack/slack.provider.js';
import { slackAnswers } from './slack/slack.rows.js';
import { teamsAnswers } from './teams/teams.answers.js';
import { teamsMessage } from './teams/teams.message.js';
import { TeamsProvider } from './teams/teams.provider.js';
import { webhookPreview } from './webhook/webhook.preview.js';
import { WebhookProvider } from './webhook/webhook.provider.js';
import { webhookAnswers } from './webhook/webhook.rows.js';

/** What adapters are made of. */
export interface ProviderTools {
  http: OutboundHttp;
  /** Made by the settings where it is left out. */
  mail?: MailClient | null;
  mailGuards?: MailGuards;
  settings: Pick<DeliverySettings, 'mode' | 'adminBaseUrl' | 'slackBaseUrl' | 'discordBaseUrl' | 'retryDelays'> &
    MailSettings;
}

/** What this service has of a provider that libs/providers declares. */
interface ProviderParts {
  adapter: (tools: ProviderTools) => ProviderAdapter;
  preview: Preview;
  answers: AnswersSection;
}

/** One entry each; the compiler names one that is missing. */
export const PARTS: Record<Provider, ProviderParts> = {
  slack: {
    adapter: ({ http, settings: { slackBaseUrl: baseUrl, mode, adminBaseUrl: homepage } }) =>
      new SlackProvider(http, { baseUrl, httpsOnly: mode === 'production', homepage }),
    preview: postedAs(slackMessage),
    answers: slackAnswers,
  },
  discord: {
    adapter: ({ http, settings: { discordBaseUrl: baseUrl, adminBaseUrl: homepage } }) =>
      new DiscordProvider(http, { baseUrl, homepage }),
    preview: postedAs(discordMessage),
    answers: discordAnswers,
  },
  webhook: {
    adapter: ({ http, settings: { adminBaseUrl: homepage, retryDelays } }) =>
      new WebhookProvider(http, { homepage, longestHoldMs: Math.max(...retryDelays.map(({ ms }) => ms)) }),
    preview: webhookPreview,
    answers: webhookAnswers,
  },
  email: {
    adapter: ({ settings, mail = mailClient(settings), mailGuards }) =>
      new EmailProvider(mail ?? undefined, mailGuards),
    preview: emailPreview,
    answers: emailAnswers,
  },
  teams: {
    adapter: ({ http, settings: { adminBaseUrl } }) => new TeamsProvider(http, adminBaseUrl),
    preview: postedAs(teamsMessage),
    answers: teamsAnswers,
  },
};

/** Every provider that can be delivered to, by its id. */
export function buildProviders(tools: ProviderTools): ReadonlyMap<string, ProviderAdapter> {
  return new Map(Object.entries(PARTS).map(([id, parts]) => [id, parts.adapter(tools)]));
}

/** The request of an attempt; null for a provider that only a newer version knows. */
export const sentRequest = (provider: string, delivery: SentDelivery): SentRequest | null =>
  Object.hasOwn(PARTS, provider) ? PARTS[provider as Provider].preview(delivery) : null;
