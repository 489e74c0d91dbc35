import { el } from './dom.js';

/** What both products show round a message: who said it and when, and how it was posted. */
export function message({ receivedAt, payload }, ...said) {
  return el(
    'article',
    { class: 'message' },
    el('div', { class: 'avatar', 'aria-hidden': 'true' }, 'N'),
    el(
      'div',
      { class: 'said' },
      el(
        'p',
        { class: 'who' },
        el('strong', {}, 'NitroPush'),
        el('span', { class: 'app' }, 'APP'),
        el('time', { datetime: receivedAt, title: receivedAt }, new Date(receivedAt).toLocaleTimeString()),
      ),
      ...said,
      el(
        'details',
        { class: 'source' },
        el('summary', {}, 'As it was posted'),
        el('pre', { tabindex: '0' }, JSON.stringify(payload, null, 2)),
      ),
    ),
  );
}
