import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { deliveriesTexts } from '../../texts/deliveries.js';
import classes from './filter-bar.module.css';

const texts = deliveriesTexts.find;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who runs a receiver knows a delivery by its `webhook-id`: Enter opens it. */
export function FindDelivery() {
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [wrong, setWrong] = useState(false);
  const find = (submitted: FormEvent): void => {
    submitted.preventDefault();
    const wanted = id.trim();
    if (ID.test(wanted)) void navigate(`/deliveries/${wanted.toLowerCase()}`);
    else setWrong(wanted !== '');
  };
  return (
    <form role="search" onSubmit={find} className={classes.find}>
      <TextInput
        aria-label={texts.label}
        placeholder={texts.label}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={id}
        error={wrong && texts.wrong}
        onChange={({ currentTarget }) => {
          setId(currentTarget.value);
          setWrong(false);
        }}
      />
    </form>
  );
}
