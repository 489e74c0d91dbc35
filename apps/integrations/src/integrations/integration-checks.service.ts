import { Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { Problem, invalidInput, unprocessable, type FieldError } from '#libs/problems';
import type { ChangedCredentials, CheckedCredentials, NotTaken } from '#libs/providers';
import { KnownProjects } from '../projects/known-projects.service.js';
import { ProviderList } from '../providers/provider-list.js';
import type { IntegrationEntity } from './integration.entity.js';

/** Whether what is well-formed can be: asked before a row is locked, since a name server or Kafka may take its time. */
@Injectable()
export class IntegrationChecks {
  constructor(
    private readonly providers: ProviderList,
    private readonly projects: KnownProjects,
  ) {}

  /** Answers also where they lead, as an integration's `targetKey` names it. @throws Problem 400, 422 */
  async credentials(
    id: string,
    input: Record<string, unknown>,
  ): Promise<CheckedCredentials & { target: string | null }> {
    const provider = this.providers.form(id);
    const credentials = taken(await provider.check(input));
    return { ...credentials, target: provider.target(credentials.plain) };
  }

  /** What of saved credentials changes; `target` is left out where it stays. @throws Problem 400, 422 */
  async change(
    { provider: id, destination, storedSecrets }: Pick<IntegrationEntity, 'provider' | 'destination' | 'storedSecrets'>,
    input: Record<string, unknown>,
  ): Promise<ChangedCredentials & { target?: string }> {
    const provider = this.providers.form(id);
    const credentials = taken(await provider.change(input, { destination, secrets: storedSecrets }));
    const isSecret = provider.fields.some(({ name, kept }) => kept === true && name === credentials.keep);
    if (credentials.keep !== null && !isSecret) return credentials;
    return { ...credentials, target: provider.target(credentials.plain) };
  }

  /** Where credentials would lead; null where they cannot be saved as they are. */
  async target(
    id: string,
    input: Record<string, unknown>,
    saved: Pick<IntegrationEntity, 'provider' | 'destination' | 'storedSecrets'> | undefined,
  ): Promise<string | null> {
    try {
      return (await (saved ? this.change(saved, input) : this.credentials(id, input))).target ?? null;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  /** What one that was given no name is called, as its label has it; undefined where that says nothing of a channel. */
  channelName({ provider, destination }: Pick<IntegrationEntity, 'provider' | 'destination'>): string | undefined {
    return this.providers.find(provider)?.channelName?.(destination);
  }

  /** @throws Problem 422 */
  concurrency(id: string, concurrency: number | null): void {
    if (concurrency !== null && !this.providers.find(id)?.concurrent)
      throw unprocessable('concurrency', 'This provider takes one delivery at a time.');
  }

  /** @throws Problem 422; KafkaUnavailable where the project is not known and `project.state` cannot be read */
  async project({ organizationId }: Pick<Caller, 'organizationId'>, projectId: string | null): Promise<void> {
    if (projectId !== null && !(await this.projects.find(organizationId, projectId)))
      throw unprocessable('projectId', 'There is no such project in your organization.');
  }

  /** Whether messages to this provider are signed. */
  signs(id: string): boolean {
    return this.providers.find(id)?.signs ?? false;
  }
}

/** @throws Problem 400, 422 */
function taken<T extends CheckedCredentials>(result: { kind: 'ok'; credentials: T } | NotTaken): T {
  switch (result.kind) {
    case 'ok':
      return result.credentials;
    case 'invalid':
      throw invalidInput(result.errors.map(within));
    case 'refused': {
      const { field, message } = within(result.error);
      throw unprocessable(field, message);
    }
  }
}

const within = ({ field, message }: FieldError): FieldError => ({ field: `credentials.${field}`, message });
