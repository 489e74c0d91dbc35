import { el } from './dom.js';

const TITLES = {
  'release.created': 'Release created',
  'release.promoted': 'Release promoted',
  'release.rollout_changed': 'Rollout changed',
};

const SIGNATURES = {
  verified: ['good', 'signature verified'],
  failed: ['bad', 'signature failed'],
  unchecked: ['', 'signature unchecked'],
};

const ANSWERS = { refuse: 'connection reset', hang: 'no answer' };

/** One received request: what it says at a glance, all of it when opened. `tries` counts those with the same webhook-id up to it. */
export function card(request, tries, fresh) {
  return el(
    'details',
    { class: fresh ? 'card fresh' : 'card', 'data-id': String(request.id) },
    summary(request, tries),
    inside(request),
  );
}

function summary(request, tries) {
  const { json, headers, receivedAt } = request;
  return el(
    'summary',
    {},
    el('div', { class: 'what' }, ...headline(request)),
    el('time', { class: 'when', datetime: receivedAt, title: receivedAt }, new Date(receivedAt).toLocaleTimeString()),
    el(
      'div',
      { class: 'facts' },
      answered(request),
      signature(request),
      tries > 1 ? el('span', { class: 'bad' }, `try ${tries} of the same message`) : null,
      changes(json?.data),
      headers['webhook-id'] ? el('span', { class: 'mono', title: 'webhook-id' }, headers['webhook-id']) : null,
    ),
  );
}

function headline({ json, method, path, bytes }) {
  const release = json?.data?.release;
  if (!release) return [el('span', {}, `${method} ${path}`), el('span', { class: 'quiet' }, `${bytes} bytes`)];
  return [
    json.test ? el('span', { class: 'chip test' }, 'TEST') : null,
    el('span', {}, TITLES[json.type] ?? json.type),
    el('span', { class: 'quiet' }, json.data.project?.name ?? ''),
    el('span', {}, release.version ?? ''),
    el('span', { class: 'chip accent' }, release.environment ?? ''),
    release.mandatory ? el('span', { class: 'chip' }, 'mandatory') : null,
  ].filter(Boolean);
}

function answered({ answered: { mode, statusCode } }) {
  const well = statusCode !== null && statusCode < 300 && !['drip', 'huge'].includes(mode);
  const text =
    statusCode === null
      ? ANSWERS[mode]
      : `answered ${statusCode}${mode === 'ok' || mode === 'error' ? '' : ` (${mode})`}`;
  return el('span', { class: well ? 'good' : 'bad' }, text);
}

function signature({ signature: state }) {
  const [tone, text] = SIGNATURES[state];
  return el('span', { class: tone }, text);
}

function changes(data) {
  if (!data?.previous) return null;
  const { release, previous } = data;
  if (previous.rolloutPercentage !== null && previous.rolloutPercentage !== undefined)
    return el('span', {}, `rollout ${previous.rolloutPercentage}% → ${release.rolloutPercentage}%`);
  return previous.environment ? el('span', {}, `${previous.environment} → ${release.environment}`) : null;
}

function inside({ json, body, bytes, headers, method, path }) {
  const link = typeof json?.data?.url === 'string' && /^https?:/.test(json.data.url) ? json.data.url : undefined;
  const text = json === null ? body : JSON.stringify(json, null, 2);
  return el(
    'div',
    { class: 'inside' },
    el('h4', {}, 'Body'),
    el('pre', { tabindex: '0' }, text || '(empty)'),
    bytes > 65536 ? el('p', { class: 'hint' }, `The first 64 KB of ${bytes} bytes.`) : null,
    link ? el('p', { class: 'hint' }, el('a', { href: link, rel: 'noreferrer' }, 'Open the release')) : null,
    el('h4', {}, `Headers of ${method} ${path}`),
    el('dl', {}, ...Object.entries(headers).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
  );
}
