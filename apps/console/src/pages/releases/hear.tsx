import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ProviderIcon } from '../../components/provider-icon.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { releasesTexts } from '../../texts/releases.js';
import classes from './hear.module.css';
import { releaseQueries, type Route } from './releases.queries.js';

const texts = releasesTexts.hear;

/** Who would get the message, asked before anything is sent. */
export function Hear({ route }: { route: Route }) {
  const preview = useQuery(releaseQueries.preview(route));
  const all = preview.data ?? [];
  const enabled = all.filter((one) => one.enabled).length;
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
            {texts.sum(enabled, all.length - enabled)}
          </Text>
          <Stack component="ul" gap={6} mt="xs" className={classes.list} tabIndex={0} aria-label={texts.title}>
            {all.map(({ integrationId, provider, name, destination, enabled: on }) => (
              <li key={integrationId} className={classes.one}>
                <ProviderIcon provider={provider} size={18} />
                <span className={classes.name}>{name}</span>
                <span className={classes.where}>{destination}</span>
                {!on && (
                  <ToneBadge tone="idle" hint={texts.heldMeaning}>
                    {texts.held}
                  </ToneBadge>
                )}
              </li>
            ))}
          </Stack>
        </>
      )}
    </section>
  );
}
