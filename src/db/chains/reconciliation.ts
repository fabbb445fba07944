/** Everything that is known of how chains, deposits and books agree, read for people and metrics. */
import type { BalanceFacts, ChainFacts, OwedFacts, Verdict } from '../../core/chains/reconciliation.ts';
import { usdcAccount } from '../../core/ledger/vocabulary.ts';
import { toCount } from '../../core/integers.ts';
import { findOwed, listAccountChecks } from '../ledger/books.ts';
import { listFreezes } from './freezes.ts';
import type { Database } from '../database.ts';

/** Rows of a chain that are shown one by one. */
const SHOWN_MAX = 20;

interface BalanceRow {
  token: string;
  address: string;
  state: Verdict;
  found_amount: string | null;
  reckoned_amount: string | null;
  checked_block: string | null;
  problem: string | null;
}

/** What is known of these chains, and of what wallets are owed. */
export async function readReconciliation(
  db: Database,
  chains: readonly string[],
): Promise<{ readonly chains: readonly ChainFacts[]; readonly owed: OwedFacts | undefined }> {
  const [books, freezes, owed, open] = await Promise.all([
    listAccountChecks(db),
    listFreezes(db),
    findOwed(db),
    sumOpen(db),
  ]);
  const facts = chains.map(async (chain): Promise<ChainFacts> => {
    const [held, troubled, gaps, audit] = await Promise.all([
      sumHeld(db, chain),
      listTroubled(db, chain),
      listGaps(db, chain),
      findAudit(db, chain),
    ]);
    return {
      chain,
      ...held,
      troubled,
      gaps,
      ...audit,
      books: books.find(({ account }) => account === usdcAccount(chain)) ?? null,
      openMicros: open.get(chain) ?? { pending: 0n, unmatched: 0n, screening: 0n },
      frozen: freezes.some((freeze) => freeze.chain === chain),
    };
  });
  return { chains: await Promise.all(facts), owed };
}

async function sumHeld(
  db: Database,
  chain: string,
): Promise<Pick<ChainFacts, 'heldMicros' | 'reckonedMicros' | 'addresses'>> {
  interface Row {
    held: string;
    reckoned: string;
    ok: number;
    gap: number;
    unknown: number;
  }
  const result: { rows: Row[] } = await db.raw(
    `SELECT coalesce(sum(found_amount), 0)::text AS held,
       coalesce(sum(reckoned_amount) FILTER (WHERE found_amount IS NOT NULL), 0)::text AS reckoned,
       count(*) FILTER (WHERE state = 'OK')::integer AS ok, count(*) FILTER (WHERE state = 'GAP')::integer AS gap,
       count(*) FILTER (WHERE state = 'UNKNOWN')::integer AS unknown
     FROM watched_balance WHERE chain = ?`,
    [chain],
  );
  const [row] = result.rows;
  return {
    heldMicros: BigInt(row?.held ?? '0'),
    reckonedMicros: BigInt(row?.reckoned ?? '0'),
    addresses: { ok: row?.ok ?? 0, gap: row?.gap ?? 0, unknown: row?.unknown ?? 0 },
  };
}

async function listTroubled(db: Database, chain: string): Promise<BalanceFacts[]> {
  const result: { rows: BalanceRow[] } = await db.raw(
    `SELECT token, address, state, found_amount, reckoned_amount, checked_block, problem FROM watched_balance
     WHERE chain = ? AND state <> 'OK' ORDER BY state, token, address LIMIT ?`,
    [chain, SHOWN_MAX],
  );
  return result.rows.map((row) => ({
    token: row.token,
    address: row.address,
    state: row.state,
    foundMicros: row.found_amount === null ? null : BigInt(row.found_amount),
    reckonedMicros: row.reckoned_amount === null ? null : BigInt(row.reckoned_amount),
    checkedBlock: row.checked_block === null ? null : toCount(row.checked_block),
    problem: row.problem,
  }));
}

async function listGaps(db: Database, chain: string): Promise<ChainFacts['gaps']> {
  interface Row {
    token: string;
    address: string;
    block_number: string;
    amount: string;
    found: string[];
    found_at: Date;
  }
  const result: { rows: Row[] } = await db.raw(
    `SELECT token, address, block_number, amount, found, found_at FROM balance_gap WHERE chain = ?
     ORDER BY found_at DESC, block_number DESC LIMIT ?`,
    [chain, SHOWN_MAX],
  );
  return result.rows.map(({ token, address, block_number, amount, found, found_at: at }) => {
    return { token, address, block: toCount(block_number), amount: BigInt(amount), found, at };
  });
}

async function findAudit(db: Database, chain: string): Promise<Pick<ChainFacts, 'auditedAt' | 'auditProblem'>> {
  const result: { rows: { audited_at: Date | null; problem: string | null }[] } = await db.raw(
    'SELECT audited_at, problem FROM chain_audit WHERE chain = ?',
    [chain],
  );
  const [row] = result.rows;
  return { auditedAt: row?.audited_at ?? null, auditProblem: row?.problem ?? null };
}

/** Deposits that are neither credited nor set aside, in micros, by chain. */
async function sumOpen(db: Database): Promise<Map<string, ChainFacts['openMicros']>> {
  interface Row {
    chain: string;
    pending: string;
    unmatched: string;
    screening: string;
  }
  const result: { rows: Row[] } = await db.raw(
    `SELECT chain, coalesce(sum(amount) FILTER (WHERE state IN ('observed', 'confirming')), 0)::text AS pending,
       coalesce(sum(amount) FILTER (WHERE state = 'unmatched'), 0)::text AS unmatched,
       coalesce(sum(amount) FILTER (WHERE state = 'screening'), 0)::text AS screening
     FROM deposit WHERE (wallet IS NULL AND state IN ('observed', 'confirming', 'unmatched', 'screening'))
       OR (wallet IS NOT NULL AND hard_final_at IS NULL AND state = 'confirming') GROUP BY chain`,
  );
  return new Map(
    result.rows.map((row) => [
      row.chain,
      { pending: BigInt(row.pending), unmatched: BigInt(row.unmatched), screening: BigInt(row.screening) },
    ]),
  );
}
