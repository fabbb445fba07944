/** Reads deposits as the API shows them. */
import { DEPOSIT_STATES, PENDING, type DepositState } from '../../core/deposits/states.ts';
import type { Database } from '../database.ts';
import { count, getRow, listRows, micros, oneOf, orNull, small, textOf, timeOf, truth, type Row } from '../rows.ts';

/** What the API shows of a deposit. */
export interface DepositView {
  readonly id: string;
  readonly chain: string;
  /** The token's contract. */
  readonly token: string;
  readonly txHash: string;
  /** Position of the Transfer log within its transaction. */
  readonly ordinal: number;
  readonly fromAddress: string;
  readonly toAddress: string;
  /** One base unit of USDC is one micro-dollar. */
  readonly amountMicros: bigint;
  readonly blockNumber: number;
  readonly blockTime: Date;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly wallet: string | null;
  readonly entrySeq: bigint | null;
  readonly packOrder: string | null;
  readonly observedAt: Date;
  readonly creditedAt: Date | null;
  /** Credited early, and still counts against its org's provisional limit. */
  readonly provisional: boolean;
}

/** The select list of a deposit `d` for `depositOf`. */
export const DEPOSIT_COLUMNS = `d.id, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address, d.to_address, d.amount,
  d.block_number, d.block_time, d.state, d.reason, d.wallet, d.entry_seq, d.pack_order, d.observed_at, d.credited_at,
  d.provisional AND d.hard_final_at IS NULL AS provisional`;

/** Reads a deposit as the API shows it. */
export function depositOf(row: Row): DepositView {
  return {
    id: textOf(row['id']),
    chain: textOf(row['chain']),
    token: textOf(row['token']),
    txHash: textOf(row['tx_hash']),
    ordinal: small(row['ordinal']),
    fromAddress: textOf(row['from_address']),
    toAddress: textOf(row['to_address']),
    amountMicros: micros(row['amount']),
    blockNumber: count(row['block_number']),
    blockTime: timeOf(row['block_time']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    wallet: orNull(row['wallet'], textOf),
    entrySeq: orNull(row['entry_seq'], micros),
    packOrder: orNull(row['pack_order'], textOf),
    observedAt: timeOf(row['observed_at']),
    creditedAt: orNull(row['credited_at'], timeOf),
    provisional: truth(row['provisional']),
  };
}

/** The last deposit of a page: its time (milliseconds) and id. */
export interface DepositPosition {
  readonly observedAtMs: number;
  readonly id: string;
}

/** Deposits of an org, newest first by when they were first seen (to the millisecond), then by id. */
export async function listDeposits(
  db: Database,
  page: { readonly org: string; readonly limit: number; readonly before?: DepositPosition | undefined },
): Promise<DepositView[]> {
  const before = page.before && { at: new Date(page.before.observedAtMs), id: page.before.id };
  return listRows(
    db,
    depositOf,
    `SELECT ${DEPOSIT_COLUMNS} FROM deposit d
     WHERE org = :org AND (:at::timestamptz IS NULL OR (observed_at, id) < (:at::timestamptz, :id::uuid))
     ORDER BY observed_at DESC, id DESC LIMIT :limit`,
    { org: page.org, limit: page.limit, at: before?.at ?? null, id: before?.id ?? null },
  );
}

/** Transaction and chain of deposits, by deposit id; unknown ones are missing. */
export async function findChainTransactions(
  db: Database,
  deposits: readonly string[],
): Promise<Map<string, { readonly chain: string; readonly txHash: string }>> {
  if (deposits.length === 0) return new Map();
  const transactions = await listRows(
    db,
    (row) => [textOf(row['id']), { chain: textOf(row['chain']), txHash: textOf(row['tx_hash']) }] as const,
    'SELECT id, chain, tx_hash FROM deposit WHERE id = ANY(?::uuid[])',
    [[...deposits]],
  );
  return new Map(transactions);
}

/** The sum of an org's deposits that are seen and not credited, in micros; with `at`, that were so just before that time. */
export async function sumPending(db: Database, org: string, at?: Date): Promise<bigint> {
  return getRow(
    db,
    (row) => micros(row['pending']),
    `SELECT coalesce(sum(amount), 0)::text AS pending FROM deposit
     WHERE org = :org AND (state = ANY(:pending::text[]) OR credited_at >= :at::timestamptz)
       AND (:at::timestamptz IS NULL OR observed_at < :at::timestamptz)`,
    { org, at: at ?? null, pending: [...PENDING] },
  );
}
