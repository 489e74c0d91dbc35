import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { deliveriesTexts } from '../../texts/deliveries.js';

interface Props {
  id: string;
  /** Undefined where it was deleted. */
  name: string | undefined;
}

/** The name of a destination, which leads to its page; that says so where it was deleted. */
export const DestinationLink = ({ id, name }: Props) => (
  <Anchor component={Link} to={`/integrations/${id}`} c="inherit" size="sm">
    {name === undefined ? deliveriesTexts.integrationGone : <bdi>{name}</bdi>}
  </Anchor>
);
