/** The charges that refunds name, with what was given back of them. */
import type { RefundableCharge } from '../../core/refunds/refund.ts';
import { marksOf, selectMarks } from '../budgets/state.ts';
import { count, listRows, micros, orNull, textOf, type Queries, type Row } from '../rows.ts';

/** A charge of a wallet. */
export interface ChargeOfWallet {
  readonly wallet: string;
  readonly charge: RefundableCharge;
}

/**
 * Selects commands by their wallets and the numbers of their first entries, as {@link chargeOf} reads them. What is no first
 * entry is missing. @param before an expression: refunds from this number on do not count; NULL: all count
 */
const selectChargesBefore = (wallet: string, seq: string, before: string): string => `
  SELECT f.wallet, f.seq, f.service,
    (SELECT -sum(e.available_delta + e.held_delta) FROM entry e WHERE e.wallet = f.wallet AND e.key = f.key)::bigint AS took,
    coalesce((SELECT sum(r.available_delta) FROM entry r WHERE r.wallet = f.wallet AND r.refund_of = f.seq
      AND (${before} IS NULL OR r.seq < ${before})), 0)::bigint AS refunded,
    ${selectMarks('f.wallet', 'f.seq')} AS marks
  FROM unnest(${wallet}::uuid[], ${seq}::bigint[]) AS x (wallet, seq)
  JOIN entry f ON f.wallet = x.wallet AND f.seq = x.seq AND f.part = 0`;

/** The same with $1 and $2, and all refunds. */
export const SELECT_CHARGES = selectChargesBefore('$1', '$2', 'NULL::bigint');

/** The row of {@link SELECT_CHARGES}. */
export function chargeOf(row: Row): ChargeOfWallet {
  const charge = {
    charge: count(row['seq']),
    service: orNull(row['service'], textOf),
    tookMicros: micros(row['took']),
    refundedMicros: micros(row['refunded']),
    marks: marksOf(row['marks']) ?? [],
  };
  return { wallet: textOf(row['wallet']), charge };
}

/**
 * The charge whose first entry has this number; undefined where there is none.
 * @param beforeSeq refunds from this number on do not count; left out: all count
 */
export async function findCharge(
  db: Queries,
  wallet: string,
  { charge, beforeSeq }: { readonly charge: number; readonly beforeSeq?: number | undefined },
): Promise<RefundableCharge | undefined> {
  const select = selectChargesBefore(':wallets', ':charges', ':before::bigint');
  const bindings = { wallets: [wallet], charges: [charge], before: beforeSeq ?? null };
  return (await listRows(db, chargeOf, select, bindings))[0]?.charge;
}

/** A charge of which more was given back than it took, or a refund that names none; in micros. */
export interface OverRefunded {
  readonly wallet: string;
  /** The last of its refunds. */
  readonly seq: number;
  readonly charge: number;
  /** Null where the wallet has no such charge before its refund. */
  readonly tookMicros: bigint | null;
  readonly refundedMicros: bigint;
}

const OVER_REFUNDED = `SELECT r.wallet, r.seq, r.refund_of, r.refunded, c.took FROM (
    SELECT wallet, refund_of, max(seq) AS seq, sum(available_delta)::bigint AS refunded FROM entry
    WHERE refund_of IS NOT NULL GROUP BY wallet, refund_of) r
  LEFT JOIN LATERAL (SELECT -sum(e.available_delta + e.held_delta)::bigint AS took
    FROM entry f JOIN entry e ON e.wallet = f.wallet AND e.key = f.key
    WHERE f.wallet = r.wallet AND f.seq = r.refund_of AND f.part = 0 AND f.service IS NOT NULL) c ON true
  WHERE c.took IS NULL OR c.took <= 0 OR r.refunded > c.took ORDER BY r.wallet, r.seq`;

/** Every charge of which more was given back than it took. Reads the entries of refunds, and of the charges that these name. */
export async function listOverRefunded(db: Queries): Promise<OverRefunded[]> {
  return listRows(
    db,
    (row) => ({
      wallet: textOf(row['wallet']),
      seq: count(row['seq']),
      charge: count(row['refund_of']),
      tookMicros: orNull(row['took'], micros),
      refundedMicros: micros(row['refunded']),
    }),
    OVER_REFUNDED,
  );
}
