import { Injectable } from '@nestjs/common';
import { PROJECT_STATE, STATE_COMPLETE_KEY, parseEvent, type ProjectState, type RawRecord } from '#libs/contracts';
import type { StateReader } from '#libs/kafka';

/** The projects of all organizations, as `project.state` says. */
@Injectable()
export class KnownProjects {
  private readonly byId = new Map<string, ProjectState>();
  private readonly newest = new Map<string, string>();
  /** While a topic that was created again is read: the ids that it holds so far. */
  private readAgainIds: Set<string> | undefined;
  private reader: Pick<StateReader, 'catchUp'> | undefined;

  /** Where the state comes from: asked to read to the end before a project is called unknown. */
  readFrom(reader: Pick<StateReader, 'catchUp'>): void {
    this.reader = reader;
  }

  /** Takes in one record of `project.state`. @throws UnreadableEvent */
  apply(record: RawRecord & { key: string | null }): void {
    if (record.key === STATE_COMPLETE_KEY) return; // the topic's, and no project's
    if (record.value === null) return void this.byId.delete(record.key ?? '');
    const state = parseEvent(PROJECT_STATE, record);
    this.readAgainIds?.add(state.id);
    this.byId.set(state.id, state);
    const newest = this.newest.get(state.organizationId);
    if (newest === undefined || state.id > newest) this.newest.set(state.organizationId, state.id);
  }

  /** The topic was created again: what is known stays in use until it has been read whole. */
  readAgain(): void {
    this.readAgainIds = new Set();
  }

  /** Projects that the topic does not hold are gone. */
  readWhole(): void {
    const held = this.readAgainIds;
    this.readAgainIds = undefined;
    if (held === undefined) return;
    for (const id of this.byId.keys()) if (!held.has(id)) this.byId.delete(id);
  }

  /** The project, if it is of this organization. @throws KafkaUnavailable where it is not known and the topic cannot be read */
  async find(organizationId: string, id: string): Promise<ProjectState | undefined> {
    if (!this.byId.has(id)) await this.reader?.catchUp();
    const project = this.byId.get(id);
    return project?.organizationId === organizationId ? project : undefined;
  }

  /** The organization's newest project; ids grow with time. */
  newestOf(organizationId: string): ProjectState | undefined {
    return this.byId.get(this.newest.get(organizationId) ?? '');
  }
}
