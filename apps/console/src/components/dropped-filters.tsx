import { Alert } from '@mantine/core';
import { commonTexts } from '../texts/common.js';
import type { Address } from './address.js';

/** Says what of the address is not valid. */
export function DroppedFilters({ dropped, forgetDropped }: Pick<Address<object>, 'dropped' | 'forgetDropped'>) {
  if (dropped.length === 0) return null;
  return (
    <Alert
      color="yellow"
      mb="md"
      withCloseButton
      closeButtonLabel={commonTexts.filter.closeNotice}
      onClose={forgetDropped}
    >
      {commonTexts.filter.dropped(dropped)}
    </Alert>
  );
}
