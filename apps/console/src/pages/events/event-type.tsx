import { Anchor, Code, Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { DeliveredType, Provider } from '../../api/types.js';
import { Copy } from '../../components/copy.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { Messages } from '../../components/message/preview-panel.js';
import { messagesOf } from '../../components/message/preview.queries.js';
import { PageTitle } from '../../components/page-title.js';
import { useProviders } from '../../components/use-providers.js';
import { eventsTexts as texts } from '../../texts/events.js';
import { curlOf } from './curl.js';
import classes from './events.module.css';
import type { EventKind } from './events.queries.js';
import { fieldsOf, type Field } from './fields.js';
import { RECEIVERS, type Language } from './receivers.js';

const COLUMNS: Column<Field>[] = [
  {
    key: 'field',
    title: texts.columns.field,
    width: '18rem',
    cell: ({ path }) => <Code className={classes.path}>{path}</Code>,
  },
  {
    key: 'type',
    title: texts.columns.valueType,
    cell: ({ type, required }) => (required ? type : `${type}, ${texts.optional}`),
  },
  { key: 'meaning', title: texts.columns.meaning, cell: ({ meaning }) => meaning },
];

/** One type of event: when it is sent, its fields, and how a receiver gets it. */
export function EventType({ kind }: { kind: EventKind }) {
  const { type, summary, when, schema } = kind;
  return (
    <>
      <PageTitle
        title={type}
        lead={
          <Anchor component={Link} to="/events">
            {texts.back}
          </Anchor>
        }
      />
      <Stack gap="xl">
        <Part title={texts.when}>
          <Text fw={600}>{summary}.</Text>
          <Text maw="44rem">{when.replaceAll('`', '')}</Text>
        </Part>
        <Part title={texts.fields}>
          <DataTable
            label={`${texts.fields}: ${type}`}
            columns={COLUMNS}
            rows={fieldsOf(schema)}
            rowKey={({ path }) => path}
          />
        </Part>
        <Examples type={type} />
        <Receivers />
      </Stack>
    </>
  );
}

/** Made by what makes the messages, so the API is asked for them. */
function Examples({ type }: { type: DeliveredType }) {
  const { all } = useProviders();
  const webhook = all.find(({ signs }) => signs)?.id;
  const [chosen, setChosen] = useState<Provider>();
  const provider = chosen ?? webhook;
  return (
    <>
      <Part title={texts.example}>
        <Select
          label={texts.provider}
          data={all.map(({ id, name }) => ({ value: id, label: name }))}
          value={provider ?? null}
          onChange={(value) => value && setChosen(value)}
          allowDeselect={false}
          className={classes.choice}
        />
        {provider !== undefined && <Messages input={{ provider, eventType: type }} />}
      </Part>
      {webhook !== undefined && <Curl provider={webhook} type={type} />}
    </>
  );
}

function Curl({ provider, type }: { provider: Provider; type: DeliveredType }) {
  const { data } = useQuery(messagesOf({ provider, eventType: type }));
  if (!data?.[0]) return null;
  return (
    <Part title={texts.curl} hint={texts.curlHint}>
      <Copied label={texts.command} code={curlOf(data[0].body)} />
    </Part>
  );
}

function Receivers() {
  const [language, setLanguage] = useState<Language>('node');
  return (
    <Part title={texts.verify} hint={texts.verifyHint}>
      <SegmentedControl
        size="xs"
        aria-label={texts.language}
        className={classes.languages}
        data={Object.entries(RECEIVERS).map(([value, { name }]) => ({ value: value as Language, label: name }))}
        value={language}
        onChange={setLanguage}
      />
      <Copied key={language} label={RECEIVERS[language].name} code={RECEIVERS[language].code} />
    </Part>
  );
}

const Copied = ({ label, code }: { label: string; code: string }) => (
  <div>
    <Group justify="flex-end" mb="xs">
      <Copy value={code} />
    </Group>
    <Code block tabIndex={0} className={classes.code} aria-label={label} role="region">
      {code}
    </Code>
  </div>
);

const Part = ({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) => (
  <Stack component="section" gap="sm" aria-label={title}>
    <Title order={2}>{title}</Title>
    {hint !== undefined && (
      <Text c="dimmed" maw="44rem">
        {hint}
      </Text>
    )}
    {children}
  </Stack>
);
