import { lazy, type ComponentType } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { SignedIn } from './auth/signed-in.js';
import { NotFoundPage } from './shell/not-found.page.js';
import { Shell } from './shell/shell.js';

/** A page is fetched when it is first gone to. */
const page = <Name extends string>(name: Name, load: () => Promise<Record<Name, ComponentType>>) =>
  lazy(async () => ({ default: (await load())[name] }));

const IntegrationsPage = page('IntegrationsPage', () => import('./pages/integrations/integrations.page.js'));
const DeliveriesPage = page('DeliveriesPage', () => import('./pages/deliveries/deliveries.page.js'));
const ProjectsPage = page('ProjectsPage', () => import('./pages/releases/projects.page.js'));
const ProjectPage = page('ProjectPage', () => import('./pages/releases/project.page.js'));
const OperationsPage = page('OperationsPage', () => import('./pages/operations/operations.page.js'));

export function App() {
  return (
    <SignedIn>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Navigate to="/integrations" replace />} />
          <Route path="integrations" element={<IntegrationsPage />} />
          <Route path="deliveries" element={<DeliveriesPage />} />
          <Route path="projects" element={<ProjectsPage />} />
          <Route path="projects/:projectId" element={<ProjectPage />} />
          <Route path="projects/:projectId/releases/:releaseId" element={<ProjectPage />} />
          <Route path="operations" element={<OperationsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </SignedIn>
  );
}
