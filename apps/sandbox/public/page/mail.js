import { byId, call, el } from './dom.js';
import { modesPanel } from './switch.js';

const MODES = [
  ['ok', 'Works', 'Every mail is taken.'],
  ['refuse-recipients', 'Refuse recipients', 'Answers 550: user unknown.'],
  ['auth', 'Ask for a password', 'Answers 530 to whoever has not signed in.'],
  ['busy', 'Busy', 'Answers 451: try again later.'],
  ['rate-limited', 'Rate limit', 'Answers 450: too many mails.'],
  ['reject', 'Reject message', 'Answers 554 to the message itself.'],
  ['hang', 'Hang', 'Never answers.'],
  ['drip', 'Drip', 'Answers a byte at a time.'],
  ['reset', 'Reset', 'Cuts the connection.'],
];

let mailbox = { behaviour: { mode: 'ok', times: null }, received: 0 };

export const isMail = (place) => place === 'mail';

export async function showMail(main, say) {
  const { items, ...found } = await call('GET', '/api/mail');
  if (!isMail(main.dataset.place)) return;
  mailbox = found;
  document.title = 'Mail · NitroPush sandbox';
  showEntry(main);
  main.replaceChildren(
    el(
      'div',
      { class: 'head' },
      el('h2', {}, 'Mail'),
      el('p', { class: 'quiet' }, 'Every mail that is sent, to whomever'),
    ),
    el('div', { id: 'switch' }, panel(say)),
    el(
      'div',
      { class: 'list-head' },
      el('h3', { id: 'count' }, `${mailbox.received} received`),
      el('button', { class: 'small', type: 'button', onclick: () => call('DELETE', '/api/mail') }, 'Clear'),
    ),
    el('div', { id: 'mails' }, ...items.map((mail) => card(mail)).toReversed()),
  );
  if (items.length === 0) byId('mails').append(nothingYet());
}

const panel = (say) =>
  modesPanel(
    MODES,
    mailbox.behaviour,
    (changes) =>
      call('PUT', '/api/mail/behaviour', { ...mailbox.behaviour, ...changes }).catch((error) => say(error.message)),
    'How the mail server answers',
  );

const nothingYet = () =>
  el(
    'div',
    { class: 'empty' },
    el('h3', {}, 'No mail yet'),
    el('p', { class: 'quiet' }, 'Connect Email in the console with any address, and create a release.'),
  );

function card({ id, subject, from, recipients, receivedAt, text, html, headers, raw, answered }) {
  const taken = answered.statusCode !== null && answered.statusCode < 300;
  return el(
    'details',
    { class: 'card' },
    el(
      'summary',
      {},
      el('div', { class: 'what' }, subject ?? '(refused before it was sent)'),
      el('time', { class: 'when', datetime: receivedAt, title: receivedAt }, new Date(receivedAt).toLocaleTimeString()),
      el(
        'div',
        { class: 'facts' },
        el(
          'span',
          { class: taken ? 'good' : 'bad' },
          answered.statusCode === null ? 'no answer' : `answered ${answered.statusCode}`,
        ),
        el('span', {}, `from ${from}`),
        el('span', {}, `to ${recipients.join(', ')}`),
      ),
    ),
    el(
      'div',
      { class: 'inside' },
      html ? el('h4', {}, 'As a mail client shows it') : null,
      html
        ? el('iframe', {
            class: 'mail',
            sandbox: 'allow-popups',
            src: `/api/mail/${id}/html`,
            title: subject ?? 'mail',
            loading: 'lazy',
          })
        : null,
      text ? el('h4', {}, 'As text') : null,
      text ? el('pre', { tabindex: '0' }, text) : null,
      text || html ? null : el('pre', { tabindex: '0' }, raw),
      el('h4', {}, 'Headers'),
      el('dl', {}, ...Object.entries(headers).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    ),
  );
}

function showEntry(main) {
  const failing = mailbox.behaviour.mode !== 'ok';
  byId('mail').replaceChildren(
    el(
      'li',
      {},
      el(
        'a',
        { href: '#mail', 'aria-current': isMail(main.dataset.place) ? 'page' : undefined },
        el('span', { class: failing ? 'dot bad' : 'dot', role: 'img', 'aria-label': failing ? 'fails' : 'works' }),
        'Mailbox',
        el('span', { class: 'count', title: 'mails received' }, String(mailbox.received)),
      ),
    ),
  );
}

/** Keeps the entry, and the mailbox where it is open, as they are. */
export function followMail(main, say) {
  const stream = new EventSource('/api/mail/stream');
  stream.addEventListener('open', async () => {
    const { items: _items, ...found } = await call('GET', '/api/mail');
    mailbox = found;
    showEntry(main);
  });
  const hear = (change) => {
    mailbox = change.mailbox;
    showEntry(main);
    if (!isMail(main.dataset.place) || !byId('mails')) return;
    byId('count').textContent = `${mailbox.received} received`;
    byId('switch').replaceChildren(panel(say));
    if (!change.mail) return;
    byId('mails').querySelector('.empty')?.remove();
    byId('mails').prepend(card(change.mail));
  };
  for (const kind of ['mail', 'behaviour', 'cleared'])
    stream.addEventListener(kind, ({ data }) => {
      hear(JSON.parse(data));
      if (kind === 'cleared' && byId('mails')) byId('mails').replaceChildren(nothingYet());
    });
  addEventListener('hashchange', () => showEntry(main));
}
