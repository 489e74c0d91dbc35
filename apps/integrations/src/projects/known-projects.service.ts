import { PROJECT_STATE, STATE_COMPLETE_KEY, parseEvent, type ProjectState, type RawRecord } from '#libs/contracts';
import type { StateReader } from '#libs/kafka';

/** The projects of all organizations, as `project.state` says. */
export class KnownProjects {
  private readonly byId = new Map<string, ProjectState>();
  private readonly newest = new Map<string, string>();
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
    this.byId.set(state.id, state);
    const newest = this.newest.get(state.organizationId);
    if (newest === undefined || state.id > newest) this.newest.set(state.organizationId, state.id);
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
