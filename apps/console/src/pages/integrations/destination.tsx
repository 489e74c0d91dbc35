import { ProviderIcon } from '../../components/provider-icon.js';
import { useProviders } from '../../components/use-providers.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

/** What it is called and where it leads, masked as the API gives it. */
export function Destination({ integration: { provider, name, destination } }: { integration: Integration }) {
  const providers = useProviders();
  return (
    <div className={classes.destination}>
      <ProviderIcon provider={provider} />
      <div className={classes.stack}>
        <span className={classes.name}>{name}</span>
        <span className={classes.masked}>
          {providers.name(provider)} · {destination}
        </span>
      </div>
    </div>
  );
}
