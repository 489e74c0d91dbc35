const two = (figure: number): string => String(figure).padStart(2, '0');

/** As a field of the browser has it, in the person's own zone: `2026-11-27T10:05`. */
export function fieldOf(time: string): string {
  const at = new Date(time);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Undefined for a field that is empty. */
export const timeOf = (field: string): string | undefined => {
  const at = new Date(field);
  return field === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** Midnight of the day, in the person's own zone. */
export function dayOf(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
