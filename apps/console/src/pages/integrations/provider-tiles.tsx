import { Paper, Skeleton, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.js';
import type { Provider, Tile } from '../../api/types.js';
import { useRefusal } from '../../auth/permissions.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { ProviderIcon } from '../../components/provider-icon.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { integrationsTexts } from '../../texts/integrations.js';
import classes from './provider-tiles.module.css';

/** As many as are drawn while the API is asked. */
const EXPECTED = 5;

/** Each provider with what can be done with it now. */
export function ProviderTiles({ onConnect }: { onConnect: (provider: Provider) => void }) {
  const { data, error, refetch } = useQuery(queries.providers());
  if (data)
    return (
      <ul id="providers" className={classes.tiles}>
        {data.map((tile) => (
          <li key={tile.id}>
            <Tile tile={tile} onConnect={onConnect} />
          </li>
        ))}
      </ul>
    );
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.tiles} aria-busy aria-hidden>
      {Array.from({ length: EXPECTED }, (_, tile) => (
        <Skeleton key={tile} height={122} radius="lg" />
      ))}
    </div>
  );
}

function Tile({ tile, onConnect }: { tile: Tile; onConnect: (provider: Provider) => void }) {
  const { id, name, setup, status, missing } = tile;
  const texts = integrationsTexts.tile;
  const refusal = useRefusal('manage-integrations');
  const inside = (
    <>
      <div className={classes.head}>
        <ProviderIcon provider={id} />
        {status === 'coming_soon' && <ToneBadge tone="idle">{texts.comingSoon}</ToneBadge>}
        {status === 'not_configured' && <ToneBadge tone="warn">{texts.notConfigured}</ToneBadge>}
      </div>
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed" className={classes.text}>
        {status === 'not_configured'
          ? texts.missing(missing)
          : setup === 'oauth'
            ? texts.available.oauth(name)
            : texts.available.form}
      </Text>
    </>
  );
  if (status !== 'available')
    return (
      <Paper className={classes.tile} data-away>
        {inside}
      </Paper>
    );
  return (
    <Tooltip label={refusal} disabled={refusal === undefined}>
      <Paper
        component="button"
        type="button"
        className={classes.tile}
        data-refused={refusal !== undefined || undefined}
        aria-disabled={refusal !== undefined}
        onClick={() => refusal === undefined && onConnect(id)}
      >
        {inside}
      </Paper>
    </Tooltip>
  );
}
