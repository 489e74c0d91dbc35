export const CHECKS: readonly string[];
export const SUITES: Readonly<Record<string, string>>;
export const PHASES: readonly string[];
export function select(args: readonly string[]): { phases: string[]; paths: string[] };
