import { Alert, Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.js';
import type { Release } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import type { Happening } from './told.js';

export interface FormProps {
  onCancel: () => void;
  /** `expected`: how many destinations were to hear of it, as far as was known. */
  onDone: (release: Release, type: Happening['type'], expected: number) => void;
}

interface Props {
  children: ReactNode;
  action: string;
  busy: boolean;
  disabled?: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: () => void;
}

/** What the three forms share: the fields, what is wrong with none of them, and the way on. */
export function FormFrame({ children, action, busy, disabled, error, onCancel, onSubmit }: Props) {
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {commonTexts.confirm.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={disabled}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export const fieldsOf = (error: Error | null): Readonly<Record<string, string>> =>
  error instanceof ApiProblem ? error.fields : {};
