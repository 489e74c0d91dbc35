import { Combobox, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Integration, Project } from '../../api/types.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { suggestionsFor, type Suggestion } from './suggestions.js';

const texts = deliveriesTexts.search;

interface Props {
  integrations: readonly Integration[];
  projects: readonly Project[];
  /** A part of the filter. */
  onFind: (part: Filter) => void;
}

/** One field for whatever is known of a delivery: what it may mean is offered below it, and Enter takes the first. */
export function SearchBox({ integrations, projects, onFind }: Props) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const suggestions = suggestionsFor(text, integrations, projects);
  const take = (suggestion: Suggestion | undefined): void => {
    if (suggestion === undefined) return;
    setText('');
    combobox.closeDropdown();
    if (suggestion.kind === 'delivery') void navigate(`/deliveries/${suggestion.id}`);
    else if (suggestion.kind === 'version') onFind({ version: suggestion.version });
    else onFind({ [suggestion.kind]: suggestion.id });
  };
  const type = (typed: string): void => {
    setText(typed);
    combobox.openDropdown();
    combobox.resetSelectedOption(); // of other suggestions
  };
  return (
    <Combobox store={combobox} withinPortal={false} onOptionSubmit={(place) => take(suggestions[Number(place)])}>
      <Combobox.Target>
        <TextInput
          aria-label={texts.label}
          placeholder={texts.placeholder}
          leftSection={<IconSearch size={16} stroke={1.7} />}
          value={text}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={({ key }) => key === 'Enter' && combobox.getSelectedOptionIndex() < 0 && take(suggestions[0])}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        <Combobox.Options aria-label={texts.label}>
          {suggestions.map((suggestion, place) => (
            <Combobox.Option key={keyOf(suggestion)} value={String(place)}>
              <Meaning suggestion={suggestion} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const Meaning = ({ suggestion }: { suggestion: Suggestion }) => (
  <>
    <Text span size="sm" c="dimmed">
      {texts.kinds[suggestion.kind]}
    </Text>{' '}
    <bdi className={classes.found}>{nameOf(suggestion)}</bdi>
  </>
);

const nameOf = (suggestion: Suggestion): string => {
  if (suggestion.kind === 'version') return texts.begins(suggestion.version);
  return suggestion.kind === 'delivery' ? suggestion.id : suggestion.name;
};

const keyOf = (suggestion: Suggestion): string =>
  suggestion.kind === 'version' ? `version ${suggestion.version}` : `${suggestion.kind} ${suggestion.id}`;
