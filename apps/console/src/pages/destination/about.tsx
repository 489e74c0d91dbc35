import { Paper, Text } from '@mantine/core';
import type { Integration } from '../../api/types.js';
import { Owner } from '../../components/owner.js';
import { destinationTexts } from '../../texts/destination.js';
import classes from './destination.module.css';

/** Who to ask and what to know, as somebody of the organization wrote it; nothing where nobody did. */
export function About({ integration: { owner, note } }: { integration: Integration }) {
  if (!owner && !note) return null;
  return (
    <Paper p="lg" component="section" aria-label={destinationTexts.about} className={classes.about}>
      <Owner name={owner} whole />
      {note && <Text className={classes.note}>{note}</Text>}
    </Paper>
  );
}
