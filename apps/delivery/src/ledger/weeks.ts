const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** 1970-01-05 was the first Monday. */
const FIRST_MONDAY = 4 * DAY;

/** The week from `start` to before `end`, beginning on a Monday at midnight UTC. */
export interface Week {
  start: Date;
  end: Date;
}

/** The week that lies `offset` weeks from the one of this time. */
export function weekOf(time: Date, offset = 0): Week {
  const start = FIRST_MONDAY + (Math.floor((time.getTime() - FIRST_MONDAY) / WEEK) + offset) * WEEK;
  return { start: new Date(start), end: new Date(start + WEEK) };
}

/** From last week, for what arrives late, to two weeks ahead, for an instance that nobody restarts. */
export const weeksAround = (now: Date): Week[] => [-1, 0, 1, 2].map((offset) => weekOf(now, offset));

/** `deliveries_p20261123` */
export function partitionName(table: string, { start }: Week): string {
  return `${table}_p${start.toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The week that a partition is named for; undefined where the name is none of ours. */
export function weekOfPartition(name: string): Week | undefined {
  const [, year, month, day] = /_p(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  return day === undefined ? undefined : weekOf(new Date(`${year}-${month}-${day}T00:00:00Z`));
}
