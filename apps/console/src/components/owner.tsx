import { commonTexts } from '../texts/common.js';
import classes from './owner.module.css';

/** Who to ask about a destination, where somebody is named. Among others it takes two lines at most. */
export const Owner = ({ name, whole = false }: { name: string | null | undefined; whole?: boolean }) =>
  name ? (
    <span className={classes.owner} data-whole={whole || undefined}>
      {commonTexts.owner} <bdi>{name}</bdi>
    </span>
  ) : null;
