import { NumberInput, PasswordInput, TagsInput, TextInput } from '@mantine/core';
import type { TileField } from '../../api/types.js';
import { addressesIn, listIn, type FieldValue } from './draft.js';

interface Props {
  field: TileField;
  value: FieldValue | undefined;
  error: string | undefined;
  /** It has just taken the place of the button that was pressed. */
  focused?: boolean;
  onChange: (value: FieldValue) => void;
}

/** One field of a provider's form, as its tile describes it. */
export function FormField({ field, value, error, focused = false, onChange }: Props) {
  const { type, label, hint: description, placeholder, required, min = 1, max } = field;
  const common = { label, description, error };
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'emails':
      return (
        <TagsInput
          {...common}
          placeholder={listIn(value).length === 0 ? placeholder : undefined}
          value={listIn(value)}
          onChange={(typed) => onChange(typed.flatMap(addressesIn))}
          splitChars={[',', ' ', ';']}
          maxTags={max}
          acceptValueOnBlur
          withAsterisk={required}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          min={min}
          max={max}
          allowDecimal={false}
          value={typeof value === 'number' ? value : min}
          onChange={(typed) => onChange(Number(typed) || min)}
        />
      );
    case 'secret':
    case 'url': {
      const Input = type === 'secret' ? PasswordInput : TextInput;
      return (
        <Input
          {...common}
          placeholder={placeholder}
          autoComplete="off"
          autoFocus={focused}
          required={required}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    }
  }
}
