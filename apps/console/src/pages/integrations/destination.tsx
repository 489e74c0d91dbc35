import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Owner } from '../../components/owner.js';
import { ProviderIcon } from '../../components/provider-icon.js';
import { useProviders } from '../../components/use-providers.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

/** What it is called, which leads to its page, where it posts to, masked as the API gives it, and who to ask. */
export function Destination({ integration }: { integration: Integration }) {
  const { id, provider, name, destination, owner } = integration;
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
        <Owner name={owner} />
      </div>
    </div>
  );
}
