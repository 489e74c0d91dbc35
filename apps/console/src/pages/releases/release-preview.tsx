import { SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schema } from '../../api/client.js';
import type { Release } from '../../api/types.js';
import { PreviewPanel } from '../../components/message/preview-panel.js';
import { useProviders } from '../../components/use-providers.js';
import { previewTexts } from '../../texts/preview.js';
import { releaseQueries, type Route } from './releases.queries.js';

type Input = Schema<'PreviewInput'>;

interface Props {
  route: Route;
  /** What is about to be released. */
  release: Omit<Input, 'provider' | keyof Route>;
}

/** What stays as it was released before. */
export const writtenOf = ({ version, description, mandatory }: Release) => ({ version, description, mandatory });

/** The message of this release, as each provider that is notified shows it. */
export function ReleasePreview({ route, release }: Props) {
  const { data = [] } = useQuery(releaseQueries.preview(route));
  const [chosen, setChosen] = useState<string>();
  const providers = useProviders();
  const notified = [...new Set(data.map(({ provider }) => provider))];
  const provider = notified.find((one) => one === chosen) ?? notified[0];
  if (provider === undefined) return null;
  return (
    <Stack gap="xs">
      <PreviewPanel input={{ provider, ...route, ...release }}>
        {notified.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={previewTexts.provider}
            data={notified.map((value) => ({ value, label: providers.name(value) }))}
            value={provider}
            onChange={setChosen}
          />
        )}
      </PreviewPanel>
    </Stack>
  );
}
