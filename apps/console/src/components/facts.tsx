import type { ReactNode } from 'react';
import classes from './facts.module.css';
import { RelativeTime } from './relative-time.js';

/** Names with their values, as many side by side as there is room for. */
export const Facts = ({ children }: { children: ReactNode }) => <dl className={classes.facts}>{children}</dl>;

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

interface Dates {
  createdAt: string;
  updatedAt: string;
}

/** When it was made and, if ever, last changed. */
export const DateFacts = ({ of, made, changed }: { of: Dates; made: string; changed: string }) => (
  <>
    <Fact name={made}>
      <RelativeTime at={of.createdAt} />
    </Fact>
    {of.updatedAt !== of.createdAt && (
      <Fact name={changed}>
        <RelativeTime at={of.updatedAt} />
      </Fact>
    )}
  </>
);
