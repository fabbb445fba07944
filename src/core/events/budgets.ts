/** The events of budgets: that one comes near to its limit, has reached it, and begins anew after that. */
import type { Budget } from '../budgets/budget.ts';
import { shownLeft } from '../budgets/counting.ts';
import { periodAt } from '../budgets/period.ts';
import { formatEntryId } from '../ids.ts';
import type { Entry } from '../ledger/entry.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId, type BudgetData, type EventDataByKind } from './kinds.ts';

/** What a command made of a budget, in micros, with the limit that it had then. */
export interface BudgetNotice {
  readonly kind: 'warned' | 'exhausted';
  readonly budget: Omit<Budget, 'limitMicros'>;
  readonly limitMicros: bigint;
  readonly used: bigint;
  readonly reserved: bigint;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
}

const timeOf = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

function dataOf({ id, name, subject, value, period, hard }: BudgetNotice['budget']): BudgetData {
  return { budgetId: id, name, subject, value, period, mode: hard ? 'hard' : 'soft' };
}

/** The event that a command causes by what it made of a budget; `seq` is that of its first entry. */
export interface BudgetEvent {
  readonly id: string;
  readonly kind: 'budget.warned' | 'budget.exhausted';
  readonly atMs: number;
  readonly seq: number;
  readonly data: EventDataByKind['budget.warned'];
}

/** The event of a notice, which the first entry of a command caused. */
export function eventOfNotice(entry: Entry, notice: BudgetNotice): BudgetEvent {
  const { budget, limitMicros, used, reserved, startsAtMs, endsAtMs } = notice;
  const kind = `budget.${notice.kind}` as const;
  const { wallet, key, part, seq, atMs } = entry;
  return {
    // By the command's key, not by the entry's number: after a restore, that may belong to another entry.
    id: eventId(kind, wallet, key, part, budget.id),
    kind,
    atMs,
    seq,
    data: {
      ...dataOf(budget),
      limitUsd: formatUsd(limitMicros),
      usedUsd: formatUsd(used),
      reservedUsd: formatUsd(reserved),
      leftUsd: formatUsd(shownLeft(limitMicros - used - reserved)),
      periodStart: endsAtMs === null ? null : timeOf(startsAtMs),
      renewsAt: timeOf(endsAtMs),
      entryId: formatEntryId(wallet, BigInt(seq)),
    },
  };
}

/** A period that is over, in which a budget was reported. */
export interface EndedPeriod {
  readonly budget: Budget;
  readonly endedAtMs: number;
  /** What was used in it, in micros. */
  readonly used: bigint;
}

/** The event of a budget that begins anew. @param nowMs a time after that */
export function eventOfRenewal({ budget, endedAtMs, used }: EndedPeriod, nowMs: number): Addressed {
  const kind = 'budget.renewed';
  const data = {
    ...dataOf(budget),
    limitUsd: formatUsd(budget.limitMicros),
    lastUsedUsd: formatUsd(used),
    periodStart: new Date(endedAtMs).toISOString(),
    renewsAt: timeOf(periodAt(budget, nowMs).endsAtMs),
  };
  return { log: budget.org, event: { id: eventId(kind, budget.id, endedAtMs), kind, atMs: nowMs, data } };
}
