import classes from './provider-icon.module.css';
import { useProviders } from './use-providers.js';

/** A provider at a glance, drawn as the API says; its name stands beside it, so it says nothing to a screen reader. */
export function ProviderIcon({ provider, size = 36 }: { provider: string; size?: number }) {
  const shapes = useProviders().tile(provider)?.icon ?? [];
  return (
    <span className={classes.box} style={{ width: size, height: size }} aria-hidden>
      <svg viewBox="0 0 24 24" width={size * 0.62} height={size * 0.62} strokeLinecap="round" strokeLinejoin="round">
        {shapes.map(({ path, color, width }) =>
          width === null ? (
            <path key={path} d={path} fillRule="evenodd" fill={color ?? 'var(--np-info)'} />
          ) : (
            <path key={path} d={path} fill="none" strokeWidth={width} stroke={color ?? 'var(--np-info)'} />
          ),
        )}
      </svg>
    </span>
  );
}
