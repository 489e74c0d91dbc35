import { Group, Input, NumberInput, Slider } from '@mantine/core';
import { releasesTexts } from '../../texts/releases.js';
import classes from './rollout-field.module.css';

const texts = releasesTexts.form;
const MARKS = [0, 25, 50, 75, 100].map((value) => ({ value }));

interface Props {
  value: number;
  error?: string;
  onChange: (value: number) => void;
}

/** Whole percents: by the slider for a guess, by the number for what was decided. */
export function RolloutField({ value, error, onChange }: Props) {
  return (
    <Input.Wrapper label={texts.rollout} description={texts.rolloutHint} error={error}>
      <Group mt="xs" gap="lg" wrap="nowrap">
        <Slider
          className={classes.slider}
          value={value}
          onChange={onChange}
          marks={MARKS}
          label={null}
          thumbLabel={texts.rollout}
        />
        <NumberInput
          className={classes.number}
          value={value}
          onChange={(next) => typeof next === 'number' && onChange(next)}
          min={0}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          suffix=" %"
          aria-label={texts.rolloutNumber}
        />
      </Group>
    </Input.Wrapper>
  );
}
