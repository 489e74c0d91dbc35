import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { api } from '../../api/client.js';
import { reasonOf } from '../../api/problem.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { queryOf, type Filter } from './filter.js';

const texts = deliveriesTexts.export;

/** All that the filter asks for, in a file; the name is the API's. */
export function ExportButton({ filter }: { filter: Filter }) {
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const query = queryOf(filter, Date.now());
      const { data, response } = await api.GET('/api/v1/deliveries/export', { params: { query }, parseAs: 'blob' });
      save(data as Blob, /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]);
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: texts.failed, message: reasonOf(error), autoClose: false }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.7} />}
      loading={isPending}
      onClick={() => mutate()}
    >
      {texts.button}
    </Button>
  );
}

function save(file: Blob, name = 'deliveries.csv'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
