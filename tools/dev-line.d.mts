/** A log line as a developer reads it: time, level and event, then each field. What is no log line stays as it is. */
export function lineForPeople(line: string): string;
