import type { ReactNode } from 'react';
import type { Provider } from '../api/types.js';
import classes from './provider-icon.module.css';

/** Drawn by ourselves, simply: a hint at each provider, not its logo. */
const DRAWINGS: Record<Provider, ReactNode> = {
  slack: (
    <g fill="none" strokeWidth="3.4" strokeLinecap="round">
      <path stroke="#36a6d0" d="M9.5 4.5v6M4.5 9.5h1" />
      <path stroke="#2f9e6e" d="M19.5 9.5h-6M14.5 4.5v1" />
      <path stroke="#d9a21b" d="M14.5 19.5v-6M19.5 14.5h-1" />
      <path stroke="#d0335d" d="M4.5 14.5h6M9.5 19.5v-1" />
    </g>
  ),
  discord: (
    <path
      fill="#5865f2"
      fillRule="evenodd"
      d="M8 4.6c2.6-.7 5.4-.7 8 0 2.9 2.7 4.5 6.8 4.4 11.8-1.7 1.6-3.3 2.5-5 3l-1.1-2c-1.5.4-3.1.4-4.6 0l-1.1 2c-1.7-.5-3.3-1.4-5-3C3.5 11.4 5.1 7.3 8 4.6Zm1.1 6.2c-1 0-1.7.9-1.7 2s.7 2 1.7 2 1.7-.9 1.7-2-.7-2-1.7-2Zm5.8 0c-1 0-1.7.9-1.7 2s.7 2 1.7 2 1.7-.9 1.7-2-.7-2-1.7-2Z"
    />
  ),
  webhook: (
    <g className={classes.line} fill="none" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round">
      <path d="m8.5 8.5-4 3.5 4 3.5M15.5 8.5l4 3.5-4 3.5M13.3 6.5l-2.6 11" />
    </g>
  ),
  email: (
    <g className={classes.line} fill="none" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round">
      <rect x="3.5" y="5.5" width="17" height="13" rx="2.5" />
      <path d="m4.5 7.5 7.5 5.5 7.5-5.5" />
    </g>
  ),
};

/** A provider at a glance; its name stands beside it, so it says nothing to a screen reader. */
export function ProviderIcon({ provider, size = 36 }: { provider: Provider; size?: number }) {
  return (
    <span className={classes.box} style={{ width: size, height: size }} aria-hidden>
      <svg viewBox="0 0 24 24" width={size * 0.62} height={size * 0.62}>
        {DRAWINGS[provider]}
      </svg>
    </span>
  );
}
