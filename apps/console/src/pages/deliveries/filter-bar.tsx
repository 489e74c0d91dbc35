import { Group, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { DeliveryStatus, Integration } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

export interface Filter {
  status?: DeliveryStatus;
  integrationId?: string;
}

const STATUSES = Object.entries(commonTexts.status).map(([value, label]) => ({ value, label }));
const isStatus = (value: string | null): value is DeliveryStatus => value !== null && value in commonTexts.status;

/** Kept in the address: it survives a reload, and can be sent to somebody. */
export function useFilter(): { filter: Filter; setFilter: (filter: Filter) => void } {
  const [query, setQuery] = useSearchParams();
  const [status, integrationId] = [query.get('status'), query.get('integrationId')];
  const filter = useMemo(
    () => ({ ...(isStatus(status) && { status }), ...(integrationId && { integrationId }) }),
    [integrationId, status],
  );
  const setFilter = (next: Filter): void => {
    const given = Object.entries(next).filter(([, value]) => value !== undefined);
    setQuery(Object.fromEntries(given) as Record<string, string>, { replace: true });
  };
  return { filter, setFilter };
}

interface Props {
  filter: Filter;
  integrations: Integration[];
  onChange: (filter: Filter) => void;
}

export function FilterBar({ filter, integrations, onChange }: Props) {
  const texts = deliveriesTexts.filter;
  const { status, integrationId } = filter;
  return (
    <Group mb="md">
      <Select
        label={texts.status}
        placeholder={texts.any}
        data={STATUSES}
        value={status ?? null}
        onChange={(value) => onChange({ integrationId, status: isStatus(value) ? value : undefined })}
        clearable
      />
      <Select
        label={texts.integration}
        placeholder={texts.any}
        data={integrations.map(({ id, name }) => ({ value: id, label: name }))}
        value={integrationId ?? null}
        onChange={(value) => onChange({ status, integrationId: value ?? undefined })}
        limit={100}
        searchable
        clearable
      />
    </Group>
  );
}
