import { Paper, Skeleton, VisuallyHidden } from '@mantine/core';
import { commonTexts } from '../texts/common.js';

/** As high as the rows that come: nothing jumps when they are there. */
export function LoadingRows({ rows = 5, height = 61 }: { rows?: number; height?: number }) {
  return (
    <Paper p="md" role="status" aria-busy>
      <VisuallyHidden>{commonTexts.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height, display: 'flex', alignItems: 'center', gap: 16 }} aria-hidden>
          <Skeleton circle height={36} />
          <Skeleton height={12} width={`${34 - ((row * 7) % 13)}%`} radius="xl" />
          <Skeleton height={12} width={`${22 - ((row * 5) % 9)}%`} radius="xl" visibleFrom="sm" />
        </div>
      ))}
    </Paper>
  );
}
