import { Route, Routes } from 'react-router';
import { lazyPage } from './lazy-page.js';
import { NotFoundPage } from './not-found.page.js';

const EventsPage = lazyPage('EventsPage', () => import('../pages/events/events.page.js'));

/** Every other address: pages that are seldom gone to are not known to the first load. */
export const SeldomPage = () => (
  <Routes>
    <Route path="events/:eventType?" element={<EventsPage />} />
    <Route path="*" element={<NotFoundPage />} />
  </Routes>
);
