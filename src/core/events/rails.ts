/** The events of a card rail that is frozen or released: for the platform, and for the org whose own account it is. */
import { readAccountName, type AccountName } from '../billing/facts.ts';
import { railOf } from '../billing/rails.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId, PLATFORM_LOG } from './kinds.ts';

/** What happened to a rail. */
export interface RailFacts {
  /** Of the freeze. */
  readonly id: string;
  readonly account: AccountName;
  readonly reason: string;
  readonly dueMicros: bigint;
  readonly gotMicros: bigint;
  readonly atMs: number;
}

/** One event in each log that it concerns. */
export function eventsOfRail(kind: 'rail.frozen' | 'rail.released', facts: RailFacts): Addressed[] {
  const { id, account, reason, dueMicros, gotMicros, atMs } = facts;
  const org = readAccountName(account)?.org ?? null;
  const data = { rail: railOf(account), reason, dueUsd: formatUsd(dueMicros), gotUsd: formatUsd(gotMicros) };
  return [PLATFORM_LOG, ...(org === null ? [] : [org])].map((log) => {
    return { log, event: { id: eventId(kind, id, log), kind, atMs, data } };
  });
}
