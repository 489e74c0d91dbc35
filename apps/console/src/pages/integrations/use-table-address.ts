import { useMemo } from 'react';
import { useAddress, type Address } from '../../components/address.js';
import { useProviders } from '../../components/use-providers.js';
import { checksFor, type TableAddress } from './table-address.js';

export function useTableAddress(): Address<TableAddress> {
  const { all } = useProviders();
  return useAddress(useMemo(() => checksFor(all), [all]));
}
