/** A card rail as JSON: what is due on it, what its provider holds for it, and whether it is frozen. */
import { readAccountName } from '../core/billing/facts.ts';
import { dueOf, railOf, verdictOfRail } from '../core/billing/rails.ts';
import { formatUsd } from '../core/money.ts';
import type { Rail, RailCheck, RailFreeze } from '../db/billing/rails.ts';

export interface RailView {
  readonly rail: string;
  /** Null: it is compared with nothing. */
  readonly status: 'OK' | 'GAP' | 'UNKNOWN' | null;
  readonly frozen: boolean;
  readonly frozenAt: string | null;
  readonly reason: string | null;
  readonly creditedUsd: string;
  readonly taxUsd: string;
  readonly sellerUsd: string;
  readonly parkedUsd: string;
  readonly dueUsd: string;
  readonly gotUsd: string | null;
  readonly deltaUsd: string | null;
  readonly acceptedUsd: string | null;
  readonly fees: readonly { readonly currency: string; readonly amountMinor: string }[];
  readonly checkedAt: string | null;
  readonly problem: string | null;
}

/** The JSON of rails, judged at the given time. */
export function viewOfRails(rails: readonly Rail[], nowMs: number): RailView[] {
  return rails.map(({ check, freeze, fees }) => {
    const isCompared = readAccountName(check.account) !== undefined;
    const due = dueOf(check);
    return {
      rail: railOf(check.account),
      status: isCompared ? verdictOfRail(check, nowMs) : null,
      ...freezeOf(freeze),
      creditedUsd: formatUsd(check.creditedMicros),
      taxUsd: formatUsd(check.taxMicros),
      sellerUsd: formatUsd(check.sellerMicros),
      parkedUsd: formatUsd(check.parkedMicros),
      dueUsd: formatUsd(due),
      ...comparedOf(check, isCompared ? due : undefined),
      fees: fees.map(({ currency, amountMinor }) => ({ currency, amountMinor: String(amountMinor) })),
      checkedAt: check.checkedAt?.toISOString() ?? null,
      problem: check.problem,
    };
  });
}

function freezeOf(freeze: RailFreeze | undefined): Pick<RailView, 'frozen' | 'frozenAt' | 'reason'> {
  if (!freeze) return { frozen: false, frozenAt: null, reason: null };
  return { frozen: true, frozenAt: freeze.frozenAt.toISOString(), reason: freeze.reason };
}

function comparedOf(
  { gotMicros, acceptedMicros }: RailCheck,
  due: bigint | undefined,
): Pick<RailView, 'gotUsd' | 'deltaUsd' | 'acceptedUsd'> {
  if (due === undefined) return { gotUsd: null, deltaUsd: null, acceptedUsd: null };
  return {
    gotUsd: formatUsd(gotMicros),
    deltaUsd: formatUsd(due - gotMicros),
    acceptedUsd: formatUsd(acceptedMicros),
  };
}
