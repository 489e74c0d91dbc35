import { call, el } from './dom.js';

const MODES = [
  ['ok', 'Works', 'Every request is answered with 200.'],
  ['refuse', 'Refuse', 'The connection is reset without an answer.'],
  ['rate-limited', '429 Rate limit', 'Answers 429 with the Retry-After below.'],
  ['error', '500 Error', 'Answers 500.'],
  ['hang', 'Hang', 'Never answers; the connection is cut after two minutes.'],
  ['revoked', '410 Revoked', 'Answers 410: this webhook is gone.'],
  ['redirect', '302 Redirect', 'Answers 302 to another inbox.'],
  ['slow', 'Slow', 'Answers 200, but only after a while.'],
  ['drip', 'Drip', 'Answers a byte a second.'],
  ['huge', 'Huge', 'Answers 200 MB.'],
];

/** The switch of one inbox: how it answers, for how long, and with which secret it checks signatures. */
export function switchPanel(inbox, say) {
  const { behaviour, name } = inbox;
  const put = (changes) =>
    call('PUT', `/api/inboxes/${name}/behaviour`, { ...behaviour, ...changes }).catch((error) => say(error.message));
  return modesPanel(MODES, behaviour, put, 'How this inbox answers', [secret(inbox, say)]);
}

/** A switch: `modes` are [mode, label, explanation], `put` sends what changes. */
export function modesPanel(modes, behaviour, put, title, more = []) {
  const [, label, explanation] = modes.find(([mode]) => mode === behaviour.mode);
  const failing = behaviour.mode !== 'ok';
  const state = failing ? `${label}${behaviour.times ? `, ${behaviour.times} more` : ' until switched back'}` : 'works';
  return el(
    'section',
    { class: failing ? 'panel failing' : 'panel', 'aria-label': title },
    el('h3', {}, 'How it answers: ', el('span', { class: 'state' }, state)),
    el('fieldset', { class: 'modes' }, ...modes.map((mode) => choice(mode, behaviour, put))),
    el('p', { class: 'hint' }, explanation),
    el('div', { class: 'options' }, ...options(behaviour, put), ...more),
  );
}

function choice([mode, label], behaviour, put) {
  return el(
    'label',
    { class: mode === 'ok' ? 'ok' : '' },
    el('input', {
      type: 'radio',
      name: 'mode',
      value: mode,
      checked: mode === behaviour.mode,
      onchange: () => put({ mode }),
    }),
    label,
  );
}

function options(behaviour, put) {
  const number = (label, field, attributes) =>
    el(
      'label',
      {},
      label,
      el('input', {
        type: 'number',
        name: field,
        value: behaviour[field] ?? '',
        ...attributes,
        onchange: ({ target }) => put({ [field]: target.value === '' ? null : Number(target.value) }),
      }),
    );
  return [
    behaviour.mode.endsWith('-limited') && behaviour.retryAfterSeconds !== undefined
      ? number('Retry-After, seconds', 'retryAfterSeconds', { min: '0' })
      : null,
    behaviour.mode === 'slow' ? number('Answers after, ms', 'delayMs', { min: '0', step: '100' }) : null,
    behaviour.mode === 'ok' ? null : number('For how many requests', 'times', { min: '1', placeholder: 'no limit' }),
  ].filter(Boolean);
}

function secret({ name, checksSignatures }, say) {
  const give = (signingSecret) =>
    call('PUT', `/api/inboxes/${name}/secret`, { signingSecret }).catch((error) => say(error.message));
  if (checksSignatures) return el('button', { type: 'button', onclick: () => give(null) }, 'Stop checking signatures');
  return el(
    'label',
    { class: 'wide' },
    'Signing secret, to check signatures with',
    el('input', {
      name: 'signingSecret',
      placeholder: 'whsec_…',
      autocomplete: 'off',
      spellcheck: 'false',
      onchange: ({ target }) => target.value.trim() && give(target.value.trim()),
    }),
  );
}
