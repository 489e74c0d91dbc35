import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { ProviderIcon } from '../../components/provider-icon.js';
import { useProviders } from '../../components/use-providers.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

/** What it is called, which leads to its page, and where it posts to, masked as the API gives it. */
export function Destination({ integration: { id, provider, name, destination } }: { integration: Integration }) {
  const providers = useProviders();
  return (
    <div className={classes.destination}>
      <ProviderIcon provider={provider} />
      <div className={classes.stack}>
        <Anchor component={Link} to={`/integrations/${id}`} className={classes.name} c="inherit">
          <bdi>{name}</bdi>
        </Anchor>
        <span className={classes.masked}>
          {providers.name(provider)} · {destination}
        </span>
      </div>
    </div>
  );
}
