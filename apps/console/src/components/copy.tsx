import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useEffect } from 'react';
import { commonTexts } from '../texts/common.js';

interface Props {
  value: string;
  /** It has the focus as its dialog opens. */
  focused?: boolean;
  onCopied?: () => void;
  onFailed?: () => void;
}

/** Puts a text on the clipboard, and says so; also where the browser refuses that. */
export function Copy({ value, focused = false, onCopied, onFailed }: Props) {
  const { copy, copied, error } = useClipboard();
  useEffect(() => {
    if (copied) onCopied?.();
  });
  useEffect(() => {
    if (error) onFailed?.();
  }, [error]); // once: what it does is not to be done again as the page is drawn
  return (
    <Button variant="default" size="xs" onClick={() => copy(value)} data-autofocus={focused || undefined}>
      {error ? commonTexts.copyFailed : copied ? commonTexts.copied : commonTexts.copy}
    </Button>
  );
}
