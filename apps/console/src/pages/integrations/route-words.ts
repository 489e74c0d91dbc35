import { commonTexts } from '../../texts/common.js';
import type { Route } from './overlap.js';

/** A route in one line, such as "Created · NitroPush iOS · Production". `project`: the name of its project. */
export const routeWords = ({ projectId, eventTypes, environments }: Route, project: string | undefined): string =>
  [
    eventTypes.map((type) => commonTexts.events[type]).join(', ') || commonTexts.allEvents,
    projectId === null ? commonTexts.allProjects : (project ?? commonTexts.noProject),
    environments.map((one) => commonTexts.environments[one]).join(', ') || commonTexts.allEnvironments,
  ].join(' · ');
