export const operationsTexts = {
  title: 'Operations',
  lead: 'The last hour of deliveries, live.',
  delivered: 'Delivered',
  p50: 'Half arrive within',
  p95: '95 % arrive within',
  attention: 'Destinations that need attention',
  calm: 'Every destination is fine',
  calmHint: 'Failing destinations, dead letters and held messages would be listed here.',
  columns: { name: 'Destination', health: 'Health', waiting: 'Waiting', dead: 'Dead letters', held: 'Held' },
};
