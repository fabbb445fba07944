import type { DepositState } from '../../core/chains/transfer.ts';
import type { Database } from '../database.ts';
import { count, micros, orNull } from '../rows.ts';

/** States of a deposit in which it has been seen but neither credited nor set aside. */
const PENDING_STATES = ['observed', 'confirming'];

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
  /** Credited early, and still counted against its org's provisional limit. */
  readonly provisional: boolean;
}

/** Columns of deposit `d`, as `depositOf` reads them. */
export const DEPOSIT_COLUMNS = `d.id, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address, d.to_address, d.amount,
  d.block_number, d.block_time, d.state, d.reason, d.wallet, d.entry_seq, d.pack_order, d.observed_at, d.credited_at,
  d.provisional AND d.hard_final_at IS NULL AS provisional`;

export interface DepositRow {
  id: string;
  chain: string;
  token: string;
  tx_hash: string;
  ordinal: number;
  from_address: string;
  to_address: string;
  amount: string;
  block_number: string;
  block_time: Date;
  state: DepositState;
  reason: string | null;
  wallet: string | null;
  entry_seq: string | null;
  pack_order: string | null;
  observed_at: Date;
  credited_at: Date | null;
  provisional: boolean;
}

/** A row as the API knows it. */
export function depositOf(row: DepositRow): DepositView {
  return {
    id: row.id,
    chain: row.chain,
    token: row.token,
    txHash: row.tx_hash,
    ordinal: row.ordinal,
    fromAddress: row.from_address,
    toAddress: row.to_address,
    amountMicros: micros(row.amount),
    blockNumber: count(row.block_number),
    blockTime: row.block_time,
    state: row.state,
    reason: row.reason,
    wallet: row.wallet,
    entrySeq: orNull(row.entry_seq, micros),
    packOrder: row.pack_order,
    observedAt: row.observed_at,
    creditedAt: row.credited_at,
    provisional: row.provisional,
  };
}

/** Where a page of deposits ends: the time (milliseconds) and id of its last one. */
export interface DepositPosition {
  readonly observedAtMs: number;
  readonly id: string;
}

/** Deposits that found this org, newest first by when they were first seen (exact to a millisecond), then by id. */
export async function listDeposits(
  db: Database,
  page: { readonly org: string; readonly limit: number; readonly before?: DepositPosition | undefined },
): Promise<DepositView[]> {
  const before = page.before && { at: new Date(page.before.observedAtMs), id: page.before.id };
  const result: { rows: DepositRow[] } = await db.raw(
    `SELECT ${DEPOSIT_COLUMNS} FROM deposit d
     WHERE org = :org AND (:at::timestamptz IS NULL OR (observed_at, id) < (:at::timestamptz, :id::uuid))
     ORDER BY observed_at DESC, id DESC LIMIT :limit`,
    { org: page.org, limit: page.limit, at: before?.at ?? null, id: before?.id ?? null },
  );
  return result.rows.map(depositOf);
}

/** Transaction and chain of deposits, by deposit id; unknown ones are missing. */
export async function findChainTransactions(
  db: Database,
  deposits: readonly string[],
): Promise<Map<string, { readonly chain: string; readonly txHash: string }>> {
  if (deposits.length === 0) return new Map();
  const result: { rows: { id: string; chain: string; tx_hash: string }[] } = await db.raw(
    'SELECT id, chain, tx_hash FROM deposit WHERE id = ANY(?::uuid[])',
    [[...deposits]],
  );
  return new Map(result.rows.map((row) => [row.id, { chain: row.chain, txHash: row.tx_hash }]));
}

/** What of an org's deposits had been seen but not credited at a time, in micros. */
export async function sumPending(db: Database, org: string, at: Date): Promise<bigint> {
  const result: { rows: { pending: string }[] } = await db.raw(
    `SELECT coalesce(sum(amount), 0)::text AS pending FROM deposit
     WHERE org = :org AND observed_at <= :at AND (state = ANY(:pending::text[]) OR credited_at > :at)`,
    { org, at, pending: PENDING_STATES },
  );
  return micros(result.rows[0]?.pending ?? '0');
}
