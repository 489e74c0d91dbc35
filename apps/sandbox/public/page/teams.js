import { el } from './dom.js';
import { message } from './message.js';

/** A message roughly as Teams shows it. What Teams would show nothing of says why. */
export function teamsMessage(received) {
  const { problem, payload } = received;
  if (problem !== undefined) return message(received, el('p', { class: 'bad' }, `Accepted, and not shown: ${problem}`));
  return message(received, ...payload.attachments.map(({ content }) => card(content)));
}

const card = ({ body, actions = [] }) =>
  el(
    'div',
    { class: 'adaptive' },
    ...body.map(element),
    actions.length > 0 ? el('div', { class: 'actions' }, ...actions.map(button)) : null,
  );

const ELEMENTS = {
  TextBlock: ({ text }) => el('p', {}, text),
  RichTextBlock: ({ inlines }) => el('p', {}, ...inlines.map(run)),
  FactSet: ({ facts }) =>
    el('dl', {}, ...facts.flatMap(({ title, value }) => [el('dt', {}, title), el('dd', {}, value)])),
  Container: ({ items }) => el('div', {}, ...items.map(element)),
};

const element = (one) => ELEMENTS[one.type](one);

const run = (one) =>
  typeof one === 'string'
    ? one
    : el('span', { class: [one.size, one.weight, one.isSubtle && 'subtle'].filter(Boolean).join(' ') }, one.text);

const button = ({ title, url }) =>
  el('a', { class: 'button', href: /^https?:/.test(url) ? url : undefined, rel: 'noreferrer' }, title);
