import { Text } from '@mantine/core';
import classes from './message.module.css';

interface Words {
  text: string;
}

interface Block {
  type: string;
  text?: Words;
  fields?: Words[];
  elements?: (Words | { text: Words })[];
}

interface Embed {
  title: string;
  description?: string;
  color: number;
  fields: { name: string; value: string }[];
  footer: Words;
}

/** As far as our messages use them: Block Kit of Slack, embeds of Discord. */
export interface ChatBody {
  blocks: Block[];
  embeds: Embed[];
}

export interface CardBody {
  attachments: { content: { body: CardElement[]; actions: { title: string }[] } }[];
}

interface CardElement {
  type: string;
  inlines?: { text: string; weight?: string; isSubtle?: boolean }[];
  facts?: { title: string; value: string }[];
}

export const ChatMessage = ({ body: { blocks = [], embeds = [] } }: { body: Partial<ChatBody> }) => (
  <div className={classes.paper}>
    {blocks.map((block, at) => (
      <SlackBlock key={at} block={block} />
    ))}
    {embeds.map((embed, at) => (
      <DiscordEmbed key={at} embed={embed} />
    ))}
  </div>
);

const wordsOf = (element: Words | { text: Words }): string =>
  typeof element.text === 'string' ? element.text : element.text.text;

function SlackBlock({ block: { type, text, fields, elements = [] } }: { block: Block }) {
  switch (type) {
    case 'header':
      return <Text fw={700}>{text?.text}</Text>;
    case 'context':
      return (
        <Text size="xs" c="dimmed">
          {elements.map(wordsOf).join(' ')}
        </Text>
      );
    case 'actions':
      return <Button>{elements.map(wordsOf).join(' ')}</Button>;
    default:
      return fields ? (
        <Facts facts={fields.map((field) => slackField(field.text))} />
      ) : (
        <Text size="sm" className={classes.lines}>
          {text?.text}
        </Text>
      );
  }
}

/** `*Label*`, a line break, and the value: our own, so nothing else is in it. */
function slackField(text: string): { label: string; value: string } {
  const [label = '', value = ''] = text.split('\n', 2);
  return { label: label.replaceAll('*', ''), value };
}

/** Discord's markup is ours where it is no escape. Split by it, every second part is the words of a link. */
const LINK = /\[([^\]]*)\]\([^)]*\)/;
const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

const DiscordEmbed = ({ embed: { title, description, color, fields, footer } }: { embed: Embed }) => (
  <div className={classes.embed} style={{ borderInlineStartColor: `#${color.toString(16).padStart(6, '0')}` }}>
    <Text fw={600}>{unescaped(title)}</Text>
    {description !== undefined && (
      <Text size="sm" className={classes.lines}>
        {description.split(LINK).map((text, at) =>
          at % 2 === 1 ? (
            <span key={at} className={classes.link}>
              {text}
            </span>
          ) : (
            unescaped(text)
          ),
        )}
      </Text>
    )}
    <Facts facts={fields.map(({ name, value }) => ({ label: name, value }))} />
    <Text size="xs" c="dimmed">
      {footer.text}
    </Text>
  </div>
);

/** An Adaptive Card, as Teams shows it. */
export const Card = ({ body: { body, actions } }: { body: CardBody['attachments'][number]['content'] }) => (
  <div className={classes.paper}>
    {body.map(({ inlines = [], facts }, at) =>
      facts ? (
        <Facts key={at} facts={facts.map(({ title, value }) => ({ label: title, value }))} />
      ) : (
        <Text
          key={at}
          size={inlines[0]?.weight ? undefined : 'sm'}
          fw={inlines[0]?.weight ? 700 : undefined}
          c={inlines[0]?.isSubtle ? 'dimmed' : undefined}
        >
          {inlines.map(({ text }) => text).join('')}
        </Text>
      ),
    )}
    {actions.map(({ title }) => (
      <Button key={title}>{title}</Button>
    ))}
  </div>
);

const Facts = ({ facts }: { facts: { label: string; value: string }[] }) => (
  <dl className={classes.facts}>
    {facts.map(({ label, value }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** It leads nowhere here: there is no release yet. */
const Button = ({ children }: { children: string }) => <span className={classes.button}>{children}</span>;
