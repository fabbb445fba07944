/** Reads how well chains, deposits and books agree, for people and metrics. */
import { VERDICTS, type BalanceFacts, type ChainFacts, type OwedFacts } from '../../core/chains/reconciliation.ts';
import { PENDING } from '../../core/deposits/states.ts';
import { usdcAccount } from '../../core/ledger/vocabulary.ts';
import { findOwed, listAccountChecks } from '../ledger/books.ts';
import { listFreezes } from './freezes.ts';
import type { Database } from '../database.ts';
import {
  count,
  findRow,
  getRow,
  listOf,
  listRows,
  micros,
  oneOf,
  orNull,
  small,
  textOf,
  timeOf,
  type Row,
} from '../rows.ts';
import { stateList } from '../state-list.ts';

/** How many rows of a chain are shown one by one. */
const SHOWN_MAX = 20;

/** The facts about these chains, and about what wallets are owed. */
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
  return getRow(
    db,
    (row) => ({
      heldMicros: micros(row['held']),
      reckonedMicros: micros(row['reckoned']),
      addresses: { ok: small(row['ok']), gap: small(row['gap']), unknown: small(row['unknown']) },
    }),
    `SELECT coalesce(sum(found_amount), 0)::text AS held,
       coalesce(sum(reckoned_amount) FILTER (WHERE found_amount IS NOT NULL), 0)::text AS reckoned,
       count(*) FILTER (WHERE state = 'OK')::integer AS ok, count(*) FILTER (WHERE state = 'GAP')::integer AS gap,
       count(*) FILTER (WHERE state = 'UNKNOWN')::integer AS unknown
     FROM watched_balance WHERE chain = ?`,
    [chain],
  );
}

async function listTroubled(db: Database, chain: string): Promise<BalanceFacts[]> {
  return listRows(
    db,
    balanceFactsOf,
    `SELECT token, address, state, found_amount, reckoned_amount, checked_block, problem FROM watched_balance
     WHERE chain = ? AND state <> 'OK' ORDER BY state, token, address LIMIT ?`,
    [chain, SHOWN_MAX],
  );
}

function balanceFactsOf(row: Row): BalanceFacts {
  return {
    token: textOf(row['token']),
    address: textOf(row['address']),
    state: oneOf(VERDICTS, row['state']),
    foundMicros: orNull(row['found_amount'], micros),
    reckonedMicros: orNull(row['reckoned_amount'], micros),
    checkedBlock: orNull(row['checked_block'], count),
    problem: orNull(row['problem'], textOf),
  };
}

async function listGaps(db: Database, chain: string): Promise<ChainFacts['gaps']> {
  return listRows(
    db,
    (row) => ({
      token: textOf(row['token']),
      address: textOf(row['address']),
      block: count(row['block_number']),
      amount: micros(row['amount']),
      found: listOf(row['found'], textOf),
      at: timeOf(row['found_at']),
    }),
    `SELECT token, address, block_number, amount, found, found_at FROM balance_gap WHERE chain = ?
     ORDER BY found_at DESC, block_number DESC LIMIT ?`,
    [chain, SHOWN_MAX],
  );
}

async function findAudit(db: Database, chain: string): Promise<Pick<ChainFacts, 'auditedAt' | 'auditProblem'>> {
  const audit = await findRow(
    db,
    (row) => ({ auditedAt: orNull(row['audited_at'], timeOf), auditProblem: orNull(row['problem'], textOf) }),
    'SELECT audited_at, problem FROM chain_audit WHERE chain = ?',
    [chain],
  );
  return audit ?? { auditedAt: null, auditProblem: null };
}

/** Deposits that are neither credited nor set aside, in micros, by chain. */
async function sumOpen(db: Database): Promise<Map<string, ChainFacts['openMicros']>> {
  const open = await listRows(
    db,
    (row) => [textOf(row['chain']), openMicrosOf(row)] as const,
    `SELECT chain, coalesce(sum(amount) FILTER (WHERE state IN (${stateList(PENDING)})), 0)::text AS pending,
       coalesce(sum(amount) FILTER (WHERE state = 'unmatched'), 0)::text AS unmatched,
       coalesce(sum(amount) FILTER (WHERE state = 'screening'), 0)::text AS screening
     FROM deposit WHERE (wallet IS NULL AND state IN (${stateList([...PENDING, 'unmatched', 'screening'])}))
       OR (wallet IS NOT NULL AND hard_final_at IS NULL AND state = 'confirming') GROUP BY chain`,
  );
  return new Map(open);
}

function openMicrosOf(row: Row): ChainFacts['openMicros'] {
  return {
    pending: micros(row['pending']),
    unmatched: micros(row['unmatched']),
    screening: micros(row['screening']),
  };
}
