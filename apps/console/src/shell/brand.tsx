import { shellTexts } from '../texts/shell.js';
import classes from './brand.module.css';

export function Brand() {
  return (
    <span className={classes.brand}>
      <img src="/icon.svg" alt="" width={26} height={26} />
      <span className={classes.name}>
        {shellTexts.product} <span className={classes.part}>{shellTexts.productPart}</span>
      </span>
    </span>
  );
}
