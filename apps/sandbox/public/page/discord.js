import { el } from './dom.js';
import { message } from './message.js';

/** A message roughly as Discord shows it. */
export function discordMessage(received) {
  const { content, embeds = [] } = received.payload;
  return message(received, content ? el('p', {}, ...markdown(content)) : null, ...embeds.map(embed));
}

function embed({ title, url, description, color = 0, fields = [], footer, timestamp }) {
  const bar = el('div', { class: 'bar' });
  bar.style.background = `#${color.toString(16).padStart(6, '0')}`;
  return el(
    'div',
    { class: 'embed' },
    bar,
    el(
      'div',
      { class: 'inside' },
      title ? el('h4', {}, link(markdown(title), url)) : null,
      description ? el('p', {}, ...markdown(description)) : null,
      fields.length > 0
        ? el(
            'div',
            { class: 'fields' },
            ...fields.map(({ name, value }) => el('p', {}, el('strong', {}, name), el('br'), ...markdown(value))),
          )
        : null,
      footer
        ? el(
            'p',
            { class: 'context' },
            [footer.text, timestamp && new Date(timestamp).toLocaleString()].filter(Boolean).join(' • '),
          )
        : null,
    ),
  );
}

const link = (children, url) =>
  /^https?:/.test(url ?? '') ? el('a', { href: url, rel: 'noreferrer' }, ...children) : el('span', {}, ...children);

const TOKEN = /\\([^\p{L}\p{N}\s])|\[([^\]\\]+)\]\((https?:[^)\s]+)\)|(https?:\/\/[^\s<>]+)/gu;

/** Escaped characters as what they are, links as links; all else is text. */
function markdown(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, escaped, label, target, plain] = match;
    parts.push(text.slice(end, match.index));
    parts.push(escaped ?? link([label ?? plain], target ?? plain));
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}
