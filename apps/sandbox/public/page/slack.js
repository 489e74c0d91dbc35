import { el } from './dom.js';
import { message } from './message.js';

/** A message roughly as Slack shows it. Whatever it cannot show is shown as it came. */
export function slackMessage(received) {
  const { text, blocks = [] } = received.payload;
  return message(received, ...(blocks.length > 0 ? blocks.map(block) : [el('p', {}, text ?? '')]));
}

const BLOCKS = {
  header: ({ text }) => el('h4', {}, text.text),
  section: ({ text, fields }) =>
    fields
      ? el('div', { class: 'fields' }, ...fields.map((field) => el('p', {}, ...inline(field))))
      : el('p', {}, ...inline(text)),
  context: ({ elements }) => el('p', { class: 'context' }, ...elements.flatMap(inline)),
  actions: ({ elements }) => el('div', { class: 'actions' }, ...elements.map(button)),
  divider: () => el('hr'),
};

const block = (one) => (BLOCKS[one.type] ?? ((other) => el('pre', {}, JSON.stringify(other))))(one);

const button = ({ text, url }) =>
  el('a', { class: 'button', href: /^https?:/.test(url) ? url : undefined, rel: 'noreferrer' }, text.text);

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Plain text as it is; of markup, what is bold. */
function inline({ type, text }) {
  if (type === 'plain_text') return [text];
  return text.split(/(\*[^*\n]+\*)/).map((part) => {
    const words = part.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
    return /^\*.+\*$/s.test(words) ? el('strong', {}, words.slice(1, -1)) : words;
  });
}
