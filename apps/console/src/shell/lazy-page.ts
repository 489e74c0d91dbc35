import { createElement, use, type ComponentType, type ReactNode } from 'react';
import { waiting } from '../api/connection.js';

const ASK_EVERY_MS = 1_000;
/** A page that is not to be had after this reload either is broken: the boundary says so. */
const RELOADED = 'nitropush.reloaded-for';

/**
 * A page that is fetched when it is first gone to, or told to be. One that is here already is shown at once: `lazy`
 * would suspend all the same, and React keeps what it shows meanwhile for a third of a second.
 */
export function lazyPage<Name extends string>(name: Name, load: () => Promise<Record<Name, ComponentType>>) {
  let fetching: Promise<ComponentType> | undefined;
  let page: ComponentType | undefined;
  const fetchOnce = (): Promise<ComponentType> =>
    (fetching ??= fetchPage(name, load).then((fetched) => (page = fetched)));
  const Page = (): ReactNode => createElement(page ?? use(fetchOnce()));
  return Object.assign(Page, { preload: (): void => void fetchOnce().catch(() => undefined) }); // shown when it is gone to
}

async function fetchPage<Name extends string>(
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): Promise<ComponentType> {
  const module = await load().catch((error: unknown) => afresh(name, error));
  sessionStorage.removeItem(RELOADED);
  return module[name];
}

/** The server is away, or has another build by now: once it answers, the page is loaded anew at the same address. */
async function afresh(name: string, error: unknown): Promise<never> {
  if (sessionStorage.getItem(RELOADED) === name) throw error;
  waiting.set('page', 'server');
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  sessionStorage.setItem(RELOADED, name);
  window.location.reload();
  return new Promise(() => undefined); // the reload ends it
}

const answers = (): Promise<boolean> =>
  fetch('/console-config.json', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
