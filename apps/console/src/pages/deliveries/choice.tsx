import { Select } from '@mantine/core';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './filter-bar.module.css';

const texts = deliveriesTexts.filter;
const MOST_OPTIONS = 100;

interface Props {
  label: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | null) => void;
  searchable?: boolean;
}

/** One of several, or any. */
export const Choice = ({ value, ...more }: Props) => (
  <Select
    className={classes.field}
    placeholder={texts.any}
    value={value ?? null}
    limit={MOST_OPTIONS}
    clearable
    clearButtonProps={{ 'aria-label': texts.clearOne(more.label) }}
    {...more}
  />
);
