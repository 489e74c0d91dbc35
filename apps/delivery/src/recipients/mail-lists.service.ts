import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { IntegrationState } from '#libs/contracts';
import { isOutage } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { ListReader } from './list-reader.service.js';
import { MailListsQueries } from './mail-lists.queries.js';

/** Changes that come at once, as all do at a start, are looked at together. */
const GATHER_MS = 250;
const LOOK_EVERY_MS = 10_000;
const CHUNK = 500;

/**
 * Keeps in the database who is on the list of each email integration, so that everybody new is asked, and what nobody could
 * be sent is sent once somebody has confirmed. Every instance does, and all of it may be done twice.
 */
@Injectable()
export class MailLists implements OnModuleInit, BeforeApplicationShutdown {
  private readonly changed = new Set<string>();
  private readonly listeners: (() => void)[] = [];
  private gathering: NodeJS.Timeout | undefined;
  private looking: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly required: boolean;

  constructor(
    private readonly queries: MailListsQueries,
    @Inject(ListReader) private readonly reader: Pick<ListReader, 'listed'>,
    private readonly integrations: KnownIntegrations,
    @Inject(SETTINGS) { emailConfirmRecipients }: Pick<DeliverySettings, 'emailConfirmRecipients'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.required = emailConfirmRecipients;
  }

  onModuleInit(): void {
    this.integrations.onChange((id, next, before) => {
      if (next ? isNewList(next, before) : before?.provider === 'email') this.gather(id);
    });
    this.looking = setInterval(() => this.after(() => this.look()), LOOK_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.gathering);
    clearInterval(this.looking);
    await this.working;
  }

  /** Called when there may be somebody to ask. */
  onTaken(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Takes in the list of this integration. @throws where its credentials cannot be opened, and the database's faults */
  async take(state: IntegrationState): Promise<void> {
    await this.queries.take(state, await this.reader.listed(state), this.required);
    this.tell();
  }

  /** Asks those again who have not confirmed. Answers how many are asked, and how many were within the last hour. */
  async askAgain(integrationId: string): Promise<{ count: number; tooSoon: number }> {
    if (!this.required) return { count: 0, tooSoon: 0 };
    const asked = await this.queries.askAgain(integrationId);
    this.tell();
    return asked;
  }

  /** Somebody has confirmed: what nobody could be sent before goes out. */
  wake(): void {
    this.after(() => this.resend());
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private gather(id: string): void {
    this.changed.add(id);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.after(() => this.takeChanged());
    }, GATHER_MS).unref();
  }

  /** One thing at a time; what fails is done at the next look. */
  private after(work: () => Promise<void>): void {
    this.working = this.working.then(work).catch((error: unknown) => {
      this.logger.warn({ error: describeError(error) }, 'mail-lists.not-kept');
    });
  }

  private async look(): Promise<void> {
    await this.takeChanged();
    await this.resend();
  }

  private async takeChanged(): Promise<void> {
    while (this.changed.size > 0) {
      const ids = [...this.changed].slice(0, CHUNK);
      for (const id of ids) this.changed.delete(id); // first: one that changes again meanwhile is taken again
      try {
        await this.takeChunk(ids);
      } catch (error) {
        for (const id of ids) this.changed.add(id);
        throw error;
      }
    }
  }

  private async takeChunk(ids: readonly string[]): Promise<void> {
    const gone = ids.filter((id) => !this.integrations.get(id));
    if (gone.length > 0) await this.queries.forget(gone);
    const taken = await this.queries.versions(ids);
    for (const id of ids) {
      const state = this.integrations.get(id);
      if (state && taken.get(id) !== state.credentialsVersion) await this.takeIfReadable(state);
    }
  }

  /** One that no key of ours opens says so at each attempt, too. */
  private async takeIfReadable(state: IntegrationState): Promise<void> {
    try {
      await this.take(state);
    } catch (error) {
      if (isOutage(error)) throw error;
      this.logger.warn({ integrationId: state.id, error: describeError(error) }, 'mail-list.not-read');
    }
  }

  private async resend(): Promise<void> {
    const ids = await this.queries.toResend();
    for (const integrationId of ids) {
      let count = 0;
      for (let more = await this.queries.requeue(integrationId); more > 0;) {
        count += more;
        more = await this.queries.requeue(integrationId);
      }
      if (count > 0) this.logger.info({ integrationId, count }, 'dead-letters.queued');
    }
    if (ids.length > 0) await this.queries.resent(ids);
  }
}

const isNewList = (next: IntegrationState, before: IntegrationState | undefined): boolean =>
  next.provider === 'email' && next.credentialsVersion !== before?.credentialsVersion;
