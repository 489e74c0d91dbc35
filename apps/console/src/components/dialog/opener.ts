import { useEffect } from 'react';

const IN_DIALOG = '[role="dialog"]';

let opener: HTMLElement | undefined;

/** The entry of a menu is gone with its menu: the button that opened the menu stays. */
function lasting(element: Element): HTMLElement | undefined {
  const menu = element.closest('[role="menu"]');
  const button = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  const lasts = button ?? element;
  return lasts instanceof HTMLElement ? lasts : undefined;
}

/** To be called once, before anything is opened: dialogs come by chunks of their own, after the click. */
export function rememberOpeners(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && !target.closest(IN_DIALOG)) opener = lasting(target);
  });
}

const CONTENT = '#content';

/**
 * Once this is gone, the focus is where it was before: on what opened the dialog, or at the page's content where that is gone
 * too. `within`: what opened it is in another dialog.
 */
export function useReturnFocus(where: 'page' | 'within' = 'page'): void {
  useEffect(() => {
    const before = where === 'page' ? opener : document.activeElement;
    return () => {
      const back = before?.isConnected || where === 'within' ? before : document.querySelector(CONTENT);
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    };
  }, [where]);
}
