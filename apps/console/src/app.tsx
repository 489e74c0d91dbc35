import { Navigate, Route, Routes } from 'react-router';
import { SignedIn } from './auth/signed-in.js';
import { lazyPage } from './shell/lazy-page.js';
import { NotFoundPage } from './shell/not-found.page.js';
import { Shell } from './shell/shell.js';

const IntegrationsPage = lazyPage('IntegrationsPage', () => import('./pages/integrations/integrations.page.js'));
const DestinationPage = lazyPage('DestinationPage', () => import('./pages/destination/destination.page.js'));
const DeliveriesPage = lazyPage('DeliveriesPage', () => import('./pages/deliveries/deliveries.page.js'));
const DeliveryPage = lazyPage('DeliveryPage', () => import('./pages/deliveries/delivery.page.js'));
const ProjectsPage = lazyPage('ProjectsPage', () => import('./pages/releases/projects.page.js'));
const ProjectPage = lazyPage('ProjectPage', () => import('./pages/releases/project.page.js'));
const ReleasePage = lazyPage('ReleasePage', () => import('./pages/releases/release.page.js'));
const ActivityPage = lazyPage('ActivityPage', () => import('./pages/activity/activity.page.js'));
const EventsPage = lazyPage('EventsPage', () => import('./pages/events/events.page.js'));
const OperationsPage = lazyPage('OperationsPage', () => import('./pages/operations/operations.page.js'));

const QUIET_MS = 1_500;

/** By the first part of the address. The page that is wanted first is fetched along with the rest, not after it. */
const FIRST: Record<string, { preload: () => void }> = {
  '': IntegrationsPage,
  integrations: IntegrationsPage,
  deliveries: DeliveriesPage,
  projects: ProjectsPage,
  activity: ActivityPage,
  operations: OperationsPage,
};
FIRST[window.location.pathname.split('/')[1] ?? '']?.preload();

/** The others while nobody waits: then each is there when it is gone to. */
const preloadOthers = (): void => Object.values(FIRST).forEach(({ preload }) => preload());
window.addEventListener('load', () => setTimeout(preloadOthers, QUIET_MS));

export function App() {
  return (
    <SignedIn>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Navigate to="/integrations" replace />} />
          <Route path="integrations" element={<IntegrationsPage />} />
          <Route path="integrations/:integrationId" element={<DestinationPage />} />
          <Route path="deliveries" element={<DeliveriesPage />} />
          <Route path="deliveries/:deliveryId" element={<DeliveryPage />} />
          <Route path="projects" element={<ProjectsPage />} />
          <Route path="projects/:projectId" element={<ProjectPage />} />
          <Route path="projects/:projectId/releases/:releaseId" element={<ReleasePage />} />
          <Route path="activity" element={<ActivityPage />} />
          <Route path="operations" element={<OperationsPage />} />
          <Route path="events/:eventType?" element={<EventsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </SignedIn>
  );
}
