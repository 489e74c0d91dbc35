import { Group, TextInput } from '@mantine/core';
import type { Part } from '../../components/address.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { fieldOf, timeOf } from './local-time.js';

const texts = deliveriesTexts.filter;

type Range = Pick<Filter, 'from' | 'to'>;

/** From when until when, in the person's own zone. */
export function TimeRange({ from, to, onChange }: Range & { onChange: (range: Part<Range>) => void }) {
  const backwards = from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to);
  const field = (label: string, value: string | undefined, change: (time: string | undefined) => void) => (
    <TextInput
      type="datetime-local"
      className={classes.time}
      label={label}
      key={`${label} ${value}`}
      defaultValue={value && fieldOf(value)}
      error={backwards && value === to && texts.backwards}
      onBlur={({ currentTarget }) => {
        const time = timeOf(currentTarget.value);
        if (currentTarget.value !== (value ? fieldOf(value) : '')) change(time);
      }}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  );
  return (
    <Group mb="md" gap="sm" align="flex-start" role="group" aria-label={texts.range}>
      {field(texts.from, from, (time) => onChange({ from: time }))}
      {field(texts.to, to, (time) => onChange({ to: time }))}
    </Group>
  );
}
