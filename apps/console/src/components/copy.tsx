import { Button, CopyButton } from '@mantine/core';
import { commonTexts } from '../texts/common.js';

/** Puts a text on the clipboard, and says so. */
export const Copy = ({ value }: { value: string }) => (
  <CopyButton value={value}>
    {({ copied, copy }) => (
      <Button variant="default" size="xs" onClick={copy}>
        {copied ? commonTexts.copied : commonTexts.copy}
      </Button>
    )}
  </CopyButton>
);
