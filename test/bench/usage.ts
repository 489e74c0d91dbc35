import { readFileSync } from 'node:fs';
import { statOf } from '../../tools/stack/family.js';

/** Clock ticks of /proc; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU time of processes so far, in ms, by what they are; PostgreSQL with all its children. */
export type Usage = Record<string, number>;

export function cpuOf(pids: Record<string, number[]>): Usage {
  return Object.fromEntries(
    Object.entries(pids).map(([name, list]) => [name, list.reduce((sum, pid) => sum + cpuMs(pid), 0)]),
  );
}

/** Most memory that a process ever had, in MB. */
export function peakMb(pid: number): number {
  const match = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`));
  return Math.round(Number(match?.[1] ?? 0) / 1024);
}

/** Memory that a process has now, in MB; what it shares with others is divided among them. */
export function pssMb(pid: number): number {
  const match = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`));
  return Math.round(Number(match?.[1] ?? 0) / 1024);
}

/** User and system time, also of children that have ended. */
function cpuMs(pid: number): number {
  const stat = statOf(pid);
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(stat[index] ?? 0), 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
