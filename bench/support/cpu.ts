/** CPU time of PostgreSQL's processes, read from Linux's /proc; not available on other systems. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { toCount } from '../../src/core/integers.ts';

/** A tick of /proc is 1/USER_HZ of a second; USER_HZ is 100 on every Linux that Node runs on. */
const MICROS_PER_TICK = 10_000;

/** Microseconds of CPU that each process of the server has used so far, by process; empty where there is no /proc. */
export async function postgresCpu(client: pg.Client): Promise<Map<number, number>> {
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  return processesCpu(rows.map(({ pid }) => pid));
}

/** Microseconds of CPU that processes have used so far, by process; those that are gone are left out. */
export function processesCpu(pids: readonly number[]): Map<number, number> {
  const used = pids.flatMap((pid) => {
    try {
      // Fields 14 and 15 of proc(5), counted from behind the name, which may contain anything.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [[pid, (toCount(fields[11] ?? '') + toCount(fields[12] ?? '')) * MICROS_PER_TICK] as const];
    } catch {
      return [];
    }
  });
  return new Map(used);
}

/** The processes that a process has started, with the arguments of each; none where there is no /proc. */
export function childrenOf(pid: number): { readonly pid: number; readonly command: string }[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    if (listed === '') return [];
    return listed.split(' ').map((child) => ({
      pid: toCount(child),
      command: readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' '),
    }));
  } catch {
    return [];
  }
}

/** The microseconds used between two reads. */
export function usedBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [pid, used] of after) sum += used - (before.get(pid) ?? 0);
  return sum;
}
