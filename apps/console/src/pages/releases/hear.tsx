import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ProviderIcon } from '../../components/provider-icon.js';
import { ShowMore, useCut } from '../../components/show-more.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { releasesTexts } from '../../texts/releases.js';
import { fateOf, fatesOf, type Fate, type Preview } from './fate.js';
import classes from './hear.module.css';
import { releaseQueries, type Route } from './releases.queries.js';

const texts = releasesTexts.hear;

/** Who would get the message, asked before anything is sent. */
export function Hear({ route }: { route: Route }) {
  const preview = useQuery(releaseQueries.preview(route));
  const all = preview.data ?? [];
  return (
    <section className={classes.hear} aria-label={texts.title} aria-busy={preview.isPending}>
      <Text size="sm" fw={550}>
        {texts.title}
      </Text>
      {preview.isPending ? (
        <Skeleton height={20} mt="xs" aria-label={texts.loading} />
      ) : preview.error ? (
        <Text size="sm" mt={4}>
          {preview.error.message}
        </Text>
      ) : all.length === 0 ? (
        <Text size="sm" c="dimmed" mt={4}>
          {texts.nobody}{' '}
          <Anchor component={Link} to="/integrations" underline="always">
            {texts.connect}
          </Anchor>
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mt={2}>
            {texts.sum(fatesOf(all))}
          </Text>
          <List all={all} />
        </>
      )}
    </section>
  );
}

function List({ all }: { all: readonly Preview[] }) {
  const sorted = all.toSorted((a, b) => ORDER[fateOf(a)] - ORDER[fateOf(b)]);
  const { shown, ...more } = useCut(sorted, FIRST);
  return (
    <>
      <Stack component="ul" gap={6} mt="xs" className={classes.list} aria-label={texts.title}>
        {shown.map((one) => (
          <One key={one.integrationId} preview={one} />
        ))}
      </Stack>
      <ShowMore {...more} />
    </>
  );
}

const FIRST = 6;
/** Who is not notified comes first: it is what somebody may want to change before the release. */
const ORDER: Record<Fate, number> = { disconnected: 0, held: 1, unknown: 2, notified: 3 };

function One({ preview }: { preview: Preview }) {
  const { integrationId, provider, name, destination } = preview;
  const fate = fateOf(preview);
  return (
    <li className={classes.one}>
      <ProviderIcon provider={provider} size={18} />
      <bdi className={classes.name}>{name}</bdi>
      {fate === 'notified' ? (
        <span className={classes.where}>{destination}</span>
      ) : (
        <>
          <ToneBadge tone={fate === 'disconnected' ? 'bad' : fate === 'unknown' ? 'warn' : 'idle'}>
            {texts.notNotified[fate].word}
          </ToneBadge>
          <span className={classes.where}>
            {texts.notNotified[fate].why}.{' '}
            <Anchor
              component={Link}
              to={`/integrations/${integrationId}`}
              underline="always"
              size="xs"
              aria-label={texts.see(name)}
            >
              {texts.seeShort}
            </Anchor>
          </span>
        </>
      )}
    </li>
  );
}
