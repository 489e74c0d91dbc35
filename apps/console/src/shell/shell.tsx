import { VisuallyHidden } from '@mantine/core';
import { Suspense } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { IconActivity, IconHistory, IconPlugConnected, IconRocket, IconSend } from '@tabler/icons-react';
import { useRefusal } from '../auth/permissions.js';
import { LoadingRows } from '../components/loading-rows.js';
import { useNeedYou } from '../components/need-you.js';
import { shellTexts } from '../texts/shell.js';
import { AccountMenu } from './account-menu.js';
import { AskAboutHeld } from './ask-about-held.js';
import { Brand } from './brand.js';
import { ConnectionBar } from './connection-bar.js';
import { DeliveryBar } from './delivery-bar.js';
import { PageBoundary } from './page-boundary.js';
import { SchemeSwitch } from './scheme-switch.js';
import classes from './shell.module.css';
import { UndoPlace } from './undo-place.js';

const PAGES = [
  { to: '/integrations', text: shellTexts.nav.integrations, Icon: IconPlugConnected },
  { to: '/deliveries', text: shellTexts.nav.deliveries, Icon: IconSend },
  { to: '/projects', text: shellTexts.nav.releases, Icon: IconRocket },
  { to: '/operations', text: shellTexts.nav.operations, Icon: IconActivity },
  { to: '/activity', text: shellTexts.nav.activity, Icon: IconHistory, permission: 'read-activity' },
] as const;

/** What every page has round it. On a phone the pages are at the bottom, where the thumb is. */
export function Shell() {
  const { pathname } = useLocation();
  const mayReadActivity = useRefusal('read-activity') === undefined;
  return (
    <>
      <a className={classes.skip} href="#content">
        {shellTexts.skip}
      </a>
      <ConnectionBar />
      <header className={classes.header}>
        <div className={classes.inner}>
          <Brand />
          <nav className={classes.nav} aria-label={shellTexts.navigation}>
            {PAGES.filter((page) => !('permission' in page) || mayReadActivity).map(({ to, text, Icon }) => (
              <NavLink key={to} to={to} className={classes.link}>
                <Icon size={18} stroke={1.7} className={classes.icon} aria-hidden />
                {text}
                {to === '/integrations' && <NeedYou />}
              </NavLink>
            ))}
          </nav>
          <div className={classes.right}>
            <SchemeSwitch />
            <AccountMenu />
          </div>
        </div>
      </header>
      <UndoPlace />
      <main id="content" className={classes.main} tabIndex={-1}>
        <DeliveryBar />
        <PageBoundary key={pathname.split('/')[1]}>
          <Suspense fallback={<LoadingRows />}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </main>
      <AskAboutHeld />
    </>
  );
}

/** How many destinations need somebody, beside the way to them. */
function NeedYou() {
  const { count, unknown } = useNeedYou();
  if (unknown)
    return (
      <span className={classes.count} data-unknown>
        ?<VisuallyHidden> {shellTexts.needYouUnknown}</VisuallyHidden>
      </span>
    );
  if (!count) return null;
  return (
    <span className={classes.count}>
      {count}
      <VisuallyHidden> {shellTexts.needYou(count)}</VisuallyHidden>
    </span>
  );
}
