import { card } from './card.js';
import { byId, call, el } from './dom.js';
import { followChats, isChat, showChannel } from './chats.js';
import { followMail, isMail, showMail } from './mail.js';
import { switchPanel } from './switch.js';

const SHOWN = 200;
const inboxes = new Map();
/** Oldest first, of the inbox that is open. */
let requests = [];
let selected = '';

const main = byId('main');
const addressOf = ({ path }) => location.origin + path;

/** A sentence at the foot of the page, for as long as it takes to read it. */
function say(text) {
  const said = byId('said');
  said.textContent = text;
  said.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (said.hidden = true), 6000);
}

function showInboxes() {
  const items = [...inboxes.values()].sort((a, b) => a.name.localeCompare(b.name));
  byId('inboxes').replaceChildren(
    ...items.map(({ name, received, behaviour }) => {
      const failing = behaviour.mode !== 'ok';
      return el(
        'li',
        {},
        el(
          'a',
          { href: `#${name}`, 'aria-current': name === selected ? 'page' : undefined },
          el('span', { class: failing ? 'dot bad' : 'dot', role: 'img', 'aria-label': failing ? 'fails' : 'works' }),
          name,
          el('span', { class: 'count', title: 'requests received' }, String(received)),
        ),
      );
    }),
  );
}

function showInbox() {
  const inbox = inboxes.get(selected);
  if (!inbox) return main.replaceChildren(welcome());
  main.replaceChildren(
    el('div', { class: 'head' }, el('h2', {}, inbox.name), address(inbox)),
    el('div', { id: 'switch', 'data-inbox': inbox.name }, switchPanel(inbox, say)),
    el('div', { id: 'received' }),
  );
  showRequests();
}

function showRequests() {
  const inbox = inboxes.get(selected);
  if (requests.length === 0) return byId('received').replaceChildren(nothingYet(inbox));
  byId('received').replaceChildren(
    el(
      'div',
      { class: 'list-head' },
      el('h3', { id: 'count' }, countText(inbox)),
      el(
        'button',
        { class: 'small', type: 'button', onclick: () => call('DELETE', `/api/inboxes/${inbox.name}/requests`) },
        'Clear',
      ),
    ),
    el('div', { id: 'cards' }, ...requests.map((request) => card(request, triesUpTo(request), false)).toReversed()),
  );
}

const countText = ({ received }) =>
  received > requests.length ? `${received} received, the last ${requests.length} shown` : `${received} received`;

function triesUpTo({ id, headers }) {
  const message = headers['webhook-id'];
  return message ? requests.filter((other) => other.id <= id && other.headers['webhook-id'] === message).length : 1;
}

function address(inbox) {
  const copy = el('button', { class: 'small', type: 'button' }, 'Copy');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(addressOf(inbox));
    copy.textContent = 'Copied';
    setTimeout(() => (copy.textContent = 'Copy'), 1500);
  });
  return el('div', { class: 'address' }, el('code', {}, addressOf(inbox)), copy);
}

function nothingYet(inbox) {
  return el(
    'div',
    { class: 'empty' },
    el('h3', {}, 'Nothing received yet'),
    el(
      'p',
      { class: 'quiet' },
      'Make a webhook integration with this address and create a release, or send something by hand:',
    ),
    el('pre', {}, example(addressOf(inbox))),
  );
}

function welcome() {
  return el(
    'div',
    { class: 'empty' },
    el('h3', {}, 'No inbox yet'),
    el('p', { class: 'quiet' }, 'An inbox is made by whatever is first sent to it. Try this:'),
    el('pre', {}, example(`${location.origin}/inbox/my-team`)),
  );
}

const example = (url) => `curl -X POST ${url} \\\n  -H 'content-type: application/json' -d '{"hello": "world"}'`;

/** What the address names: a channel, the mailbox, or a webhook inbox. */
async function open(place) {
  selected = '';
  main.dataset.place = place;
  showInboxes();
  if (isChat(place)) return showChannel(place, main, say);
  if (isMail(place)) return showMail(main, say);
  return select(place);
}

async function select(name) {
  selected = name;
  requests = [];
  if (name) {
    const { items, ...inbox } = await call('GET', `/api/inboxes/${name}`);
    if (selected !== name || main.dataset.place !== name) return;
    inboxes.set(name, inbox);
    requests = items;
  }
  document.title = name ? `${name} · NitroPush sandbox` : 'NitroPush sandbox';
  showInboxes();
  showInbox();
  byId('inboxes').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function hear({ inbox, request }, cleared) {
  const before = inboxes.get(inbox.name);
  inboxes.set(inbox.name, inbox);
  showInboxes();
  if (!selected) return;
  if (inbox.name !== selected) return;
  if (cleared) requests = [];
  const shown = byId('switch');
  if (!shown || shown.dataset.inbox !== inbox.name) return;
  if (switchState(before) !== switchState(inbox)) redrawSwitch(inbox, shown);
  if (request) addRequest(inbox, request);
  else if (cleared) showRequests();
}

const switchState = (inbox) => JSON.stringify([inbox?.behaviour, inbox?.checksSignatures]);

/** Whoever works the switch by keyboard keeps their place. */
function redrawSwitch(inbox, shown) {
  const field = shown.contains(document.activeElement) ? document.activeElement.name : undefined;
  shown.replaceChildren(switchPanel(inbox, say));
  if (field) shown.querySelector(field === 'mode' ? ':checked' : `[name="${field}"]`)?.focus();
}

/** Only the new card is made, so that what is open stays open. */
function addRequest(inbox, request) {
  if (requests.some(({ id }) => id === request.id)) return;
  requests.push(request);
  if (requests.length === 1) showRequests();
  else byId('cards').prepend(card(request, triesUpTo(request), true));
  if (requests.length > SHOWN) {
    requests.shift();
    byId('cards').lastElementChild.remove();
  }
  byId('count').textContent = countText(inbox);
}

async function load() {
  const { items } = await call('GET', '/api/inboxes');
  inboxes.clear();
  for (const inbox of items) inboxes.set(inbox.name, inbox);
  if (main.dataset.place !== placeInAddress() || selected) await open(placeInAddress());
  else showInboxes();
}

const FIRST = 'slack/ops';
/** Webhook inboxes are named as they are, the others with what they are of: `#slack/ops`. */
const placeInAddress = () => decodeURIComponent(location.hash.slice(1)) || FIRST;

function listen() {
  const live = byId('live');
  const stream = new EventSource('/api/stream');
  stream.addEventListener('open', () => {
    live.textContent = 'live';
    live.classList.add('on');
    load();
  });
  stream.addEventListener('error', () => {
    live.textContent = 'reconnecting…';
    live.classList.remove('on');
  });
  for (const kind of ['request', 'inbox', 'cleared'])
    stream.addEventListener(kind, ({ data }) => hear(JSON.parse(data), kind === 'cleared'));
}

addEventListener('hashchange', () => open(placeInAddress()));
followChats(main, say);
followMail(main, say);
byId('new-inbox').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = event.target.elements.name;
  location.hash = input.value.trim();
  input.value = '';
});
listen();
