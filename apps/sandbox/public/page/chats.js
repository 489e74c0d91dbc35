import { discordMessage } from './discord.js';
import { byId, call, el } from './dom.js';
import { slackMessage } from './slack.js';
import { modesPanel } from './switch.js';
import { teamsMessage } from './teams.js';

const RENDER = { slack: slackMessage, discord: discordMessage, teams: teamsMessage };
const TITLES = { slack: 'Slack', discord: 'Discord', teams: 'Microsoft Teams' };
const PRODUCTS = Object.keys(TITLES);

const MODES = {
  slack: [
    ['ok', 'Works', 'Messages are checked as Slack checks them, and shown below.'],
    [
      'revoked',
      'Revoked',
      'Webhooks made until now answer 404 no_service. One that is made by connecting again works.',
    ],
    ['deleted', 'Channel deleted', 'Answers 404 channel_not_found.'],
    ['archived', 'Archived', 'Answers 410 channel_is_archived.'],
    ['rate-limited', '429 Rate limit', 'Answers 429 with the Retry-After below.'],
    ['address-limited', '429 Address', 'A page of a proxy answers 429: no more from this address.'],
    ['blocked', 'Blocked', 'A page of a proxy answers 403: Slack never sees the request.'],
    ['error', '500 Error', 'Answers 500 rollup_error.'],
    ['hang', 'Hang', 'Never answers; the connection is cut after two minutes.'],
  ],
  discord: [
    ['ok', 'Works', 'Messages are checked as Discord checks them, and shown below.'],
    [
      'revoked',
      'Revoked',
      'Webhooks made until now answer 404, Unknown Webhook. One that is made by connecting again works.',
    ],
    ['deleted', 'Channel deleted', 'Answers 404, Unknown Channel.'],
    ['archived', 'No permission', 'Answers 403, Missing Permissions.'],
    ['rate-limited', '429 Rate limit', 'Answers 429 with the wait below.'],
    ['address-limited', '429 Address', 'Cloudflare answers 429, error code 1015: no more from this address.'],
    ['blocked', 'Blocked', 'Cloudflare answers 403, error code 1010: Discord never sees the request.'],
    ['error', '500 Error', 'Answers 500.'],
    ['hang', 'Hang', 'Never answers; the connection is cut after two minutes.'],
  ],
  teams: [
    ['ok', 'Works', 'Messages are accepted with 202, checked as Teams checks cards, and shown below.'],
    [
      'revoked',
      'Turned off',
      'Workflows made until now answer 400 WorkflowTriggerIsNotEnabled. The URL that this page shows after a reload works.',
    ],
    ['deleted', 'Deleted', 'Answers 404 WorkflowNotFound.'],
    ['archived', 'No outsiders', 'Answers 403 AuthorizationFailed: only certain addresses may trigger it.'],
    ['rate-limited', '429 Rate limit', 'Answers 429 with the Retry-After below.'],
    ['address-limited', '429 Address', 'A page of a proxy answers 429: no more from this address.'],
    ['blocked', 'Blocked', 'A page of a proxy answers 403: Teams never sees the request.'],
    ['error', '500 Error', 'Answers 500 InternalServerError.'],
    ['hang', 'Hang', 'Never answers; the connection is cut after two minutes.'],
  ],
};

const pick = (product) => `Connect ${TITLES[product]} in the console, pick this channel, and create a release.`;
const HOW = {
  slack: pick('slack'),
  discord: pick('discord'),
  teams: 'Copy the workflow URL above, connect Microsoft Teams with it in the console, and create a release.',
};

/** By product, then by id. */
const channels = Object.fromEntries(PRODUCTS.map((product) => [product, new Map()]));
const names = {};
let shown;

export const isChat = (place) => /^(slack|discord|teams)\//.test(place);
const placeOf = (product, { name }) => `${product}/${name.slice(1)}`;
const pathOf = (product, { id }) => `/api/${product}/channels/${id}`;

/** The channel that an address names, with all that it has. */
export async function showChannel(place, main, say) {
  const [product, name] = [place.split('/', 1)[0], place.slice(place.indexOf('/') + 1)];
  const { items, ...channel } = await call('GET', `/api/${product}/channels/${encodeURIComponent(`#${name}`)}`);
  if (main.dataset.place !== place) return;
  channels[product].set(channel.id, channel);
  document.title = `${channel.name} · NitroPush sandbox`;
  shown = { product, id: channel.id };
  showChannels(product, main);
  main.replaceChildren(
    el(
      'div',
      { class: 'head' },
      el('h2', {}, channel.name),
      el('p', { class: 'quiet' }, `${TITLES[product]} · ${names[product]}`),
    ),
    channel.address === undefined ? '' : workflow(location.origin + channel.address),
    el('div', { id: 'switch' }, panel(product, channel, say)),
    el(
      'div',
      { class: 'list-head' },
      el('h3', { id: 'count' }, countText(channel)),
      clearButton(product, channel, say),
    ),
    el('div', { id: 'messages', class: `messages ${product}` }, ...items.map(RENDER[product]).toReversed()),
  );
  if (items.length === 0) byId('messages').append(nothingYet(product));
}

const panel = (product, channel, say) =>
  modesPanel(
    MODES[product],
    channel.behaviour,
    (changes) => behave(product, channel, changes, say),
    'How this channel answers',
  );

const behave = (product, channel, changes, say) =>
  call('PUT', `${pathOf(product, channel)}/behaviour`, { ...channel.behaviour, ...changes }).catch((error) =>
    say(error.message),
  );

const countText = ({ received, refused }) => `${received} received${refused > 0 ? `, ${refused} turned away` : ''}`;

const clearButton = (product, channel, say) =>
  el(
    'button',
    {
      class: 'small',
      type: 'button',
      onclick: () => call('DELETE', `${pathOf(product, channel)}/messages`).catch((error) => say(error.message)),
    },
    'Clear',
  );

/** What people copy out of the Workflows app, and paste into the console. */
const workflow = (address) =>
  el(
    'section',
    { class: 'panel', 'aria-label': 'Workflow URL' },
    el('h3', {}, 'Workflow URL'),
    el(
      'div',
      { class: 'address' },
      el('code', { id: 'workflow' }, address),
      el('button', { class: 'small', type: 'button', onclick: () => navigator.clipboard.writeText(address) }, 'Copy'),
    ),
  );

const nothingYet = (product) =>
  el('div', { class: 'empty' }, el('h3', {}, 'Nothing posted yet'), el('p', { class: 'quiet' }, HOW[product]));

function showChannels(product, main) {
  const items = [...channels[product].values()].sort((a, b) => a.name.localeCompare(b.name));
  byId(product).replaceChildren(
    ...items.map((channel) => {
      const failing = channel.behaviour.mode !== 'ok';
      const place = placeOf(product, channel);
      return el(
        'li',
        {},
        el(
          'a',
          { href: `#${place}`, 'aria-current': main.dataset.place === place ? 'page' : undefined },
          el('span', { class: failing ? 'dot bad' : 'dot', role: 'img', 'aria-label': failing ? 'fails' : 'works' }),
          channel.name,
          el('span', { class: 'count', title: 'messages received' }, String(channel.received)),
        ),
      );
    }),
  );
}

/** Lists the channels, and keeps them and the one that is open as they are. */
export function followChats(main, say) {
  const stream = new EventSource('/api/chats/stream');
  stream.addEventListener('open', () => PRODUCTS.forEach((product) => load(product, main)));
  for (const kind of ['message', 'channel', 'cleared'])
    stream.addEventListener(kind, ({ data }) => hear(JSON.parse(data), kind, { main, say }));
  addEventListener('hashchange', () => PRODUCTS.forEach((product) => showChannels(product, main)));
}

async function load(product, main) {
  const { name, items } = await call('GET', `/api/${product}/channels`);
  names[product] = name;
  channels[product] = new Map(items.map((channel) => [channel.id, channel]));
  showChannels(product, main);
}

function hear({ product, channel, message }, kind, { main, say }) {
  channels[product].set(channel.id, channel);
  showChannels(product, main);
  if (!isChat(main.dataset.place) || shown?.product !== product || shown.id !== channel.id) return;
  byId('count').textContent = countText(channel);
  if (kind === 'channel') byId('switch').replaceChildren(panel(product, channel, say));
  if (kind === 'cleared') byId('messages').replaceChildren(nothingYet(product));
  if (!message) return;
  byId('messages').querySelector('.empty')?.remove();
  byId('messages').prepend(RENDER[product](message));
}
