import { Button, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useRefreshOnAttempts } from '../../api/live.js';
import type { Release } from '../../api/types.js';
import { useDeliveryAway } from '../../components/delivery-away.js';
import { DialogFooter } from '../../components/dialog/dialog-footer.js';
import { releasesTexts } from '../../texts/releases.js';
import { releaseQueries } from './releases.queries.js';
import { tally, type Happening, type Tally } from './told.js';
import { ToldList } from './told-list.js';

const texts = releasesTexts.told;
const LOOK_AGAIN_MS = 1_500;

interface Props {
  release: Release;
  happening: Happening;
  expected: number;
  onClose: () => void;
}

/** What has just happened, and who has heard of it so far. */
export function ToldPanel({ release, happening, expected, onClose }: Props) {
  const { told, deliveries, isPending } = useTold(release, happening, expected);
  const away = useDeliveryAway().since !== undefined;
  return (
    <Stack gap="lg">
      {isPending && away ? <Text role="status">{texts.unknown}</Text> : <ToldSum told={told} />}
      <ToldList deliveries={deliveries} />
      <DialogFooter>
        <Button
          variant="default"
          component={Link}
          to={`/projects/${release.projectId}/releases/${release.id}`}
          onClick={onClose}
        >
          {texts.seeRelease}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {texts.close}
        </Button>
      </DialogFooter>
    </Stack>
  );
}

/** Live: by the stream of attempts, and by looking again while something is on the way that makes no attempt. */
export function useTold(release: Release, happening: Happening, expected = 0) {
  const question = releaseQueries.told(release, happening);
  const { data = [], isPending } = useQuery({
    ...question,
    refetchInterval: ({ state }) => !tally(state.data ?? [], expected).settled && LOOK_AGAIN_MS,
  });
  useRefreshOnAttempts(question.queryKey);
  return { deliveries: data, told: tally(data, expected), isPending };
}

/** “Delivered to 3 of 4”, a bar of it, and what is with the others. */
export function ToldSum({ told }: { told: Tally }) {
  const { all, delivered, waiting, retrying, dead, held, dropped } = told;
  const others = Object.entries({ waiting, retrying, dead, held, dropped }).filter(([, count]) => count > 0);
  if (all === 0) return <Text c="dimmed">{texts.nobody}</Text>;
  const share = (count: number): number => (100 * count) / all;
  const label = texts.delivered(delivered, all);
  return (
    <div role="status">
      <Text fw={600}>{label}</Text>
      <Progress.Root size="sm" mt="xs">
        <Progress.Section value={share(delivered)} color="green" aria-label={label} />
        <Progress.Section value={share(dead)} color="red" aria-label={texts.counts.dead(dead)} />
      </Progress.Root>
      {others.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {others.map(([key, count]) => texts.counts[key as keyof typeof texts.counts](count)).join(', ')}
        </Text>
      )}
    </div>
  );
}
