import { Alert, Button, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.js';
import type { Release } from '../../api/types.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { useUnsavedDraft } from '../../components/dialog/unsaved.js';
import { releasesTexts } from '../../texts/releases.js';
import type { Happening } from './told.js';

export interface FormProps {
  /** `expected`: how many destinations were to hear of it, as far as was known. */
  onDone: (release: Release, type: Happening['type'], expected: number) => void;
}

interface Props {
  children: ReactNode;
  /** What is typed in: it is not thrown away without a question. */
  draft: unknown;
  /** What the action does. */
  sentence?: string;
  action: string;
  busy: boolean;
  disabled?: boolean;
  error: Error | null;
  onSubmit: () => void;
}

/** What these forms share: the fields, what is wrong with none of them, and the way on. */
export function FormFrame({ children, draft, sentence, action, busy, disabled, error, onSubmit }: Props) {
  useUnsavedDraft(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {children}
        {error && Object.keys(fieldsOf(error)).length === 0 && (
          <Alert color="red" title={releasesTexts.form.failed}>
            {(error instanceof ApiProblem && error.detail) || error.message}
          </Alert>
        )}
      </Stack>
      <DialogFooter sentence={sentence}>
        <CancelButton />
        <Button type="submit" loading={busy} disabled={disabled}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}

export const fieldsOf = (error: Error | null): Readonly<Record<string, string>> =>
  error instanceof ApiProblem ? error.fields : {};
