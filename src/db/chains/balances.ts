/** Balances of our addresses: computed from transfers read, and found on the chain. They do not affect any wallet. */
import { cleanOrNull } from '../../core/foreign-text.ts';
import { VERDICTS, type Verdict } from '../../core/chains/reconciliation.ts';
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { changeRows, count, getRow, listRows, micros, oneOf, orNull, small, textOf, type Row } from '../rows.ts';

/** About ten times all USDC: an event may claim more than that, a balance cannot have it. */
const AMOUNT_MAX = String(10n ** 18n);

/** An amount at the end of a block, in base units of the token; block -1 is before the first. */
export interface AmountAt {
  readonly block: number;
  readonly amount: bigint;
}

export interface WatchedBalance {
  readonly token: string;
  readonly address: string;
  /** Block and amount from which the balance is computed; undefined before the first check. */
  readonly base: AmountAt | undefined;
  /** The newest block at which the computed and the found balance were equal. */
  readonly proven: (AmountAt & { readonly hash: string }) | undefined;
  readonly state: Verdict;
  readonly repeats: number;
}

const COLUMNS = 'token, address, base_block, base_amount, proven_block, proven_hash, proven_amount, state, repeats';

function balanceOf(row: Row): WatchedBalance {
  const base = amountAt(row['base_block'], row['base_amount']);
  const proven = amountAt(row['proven_block'], row['proven_amount']);
  const hash = orNull(row['proven_hash'], textOf);
  return {
    token: textOf(row['token']),
    address: textOf(row['address']),
    base,
    proven: proven === undefined || hash === null ? undefined : { ...proven, hash },
    state: oneOf(VERDICTS, row['state']),
    repeats: small(row['repeats']),
  };
}

function amountAt(block: unknown, amount: unknown): AmountAt | undefined {
  if (block === null || amount === null) return undefined;
  return { block: block === '-1' ? -1 : count(block), amount: micros(amount) };
}

/** Makes a row for every address and token that has none yet. */
export async function addWatchedBalances(
  db: Database,
  lease: Lease,
  watched: { readonly chain: string; readonly tokens: readonly string[]; readonly addresses: readonly string[] },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `INSERT INTO watched_balance (chain, token, address)
       SELECT :chain, token, address FROM unnest(:tokens::text[]) AS token, unnest(:addresses::text[]) AS address
       ON CONFLICT DO NOTHING`,
      { chain: watched.chain, tokens: [...watched.tokens], addresses: [...watched.addresses] },
    );
  });
}

/**
 * The balances to check in one audit: those of `first`, then those with transfers since a block, then those whose last
 * check is longest ago.
 */
export async function listBalancesToCheck(
  db: Database,
  due: {
    readonly chain: string;
    readonly tokens: readonly string[];
    readonly first: readonly string[];
    readonly sinceBlock: number;
    readonly limit: number;
  },
): Promise<WatchedBalance[]> {
  return listRows(
    db,
    balanceOf,
    `WITH touched AS (
       SELECT to_address AS address FROM deposit_observation
       WHERE chain = :chain AND block_number > :sinceBlock AND orphaned_at IS NULL
       UNION SELECT from_address FROM outgoing_transfer WHERE chain = :chain AND block_number > :sinceBlock
     )
     SELECT ${COLUMNS} FROM watched_balance w WHERE chain = :chain AND token = ANY(:tokens::text[])
     ORDER BY address = ANY(:first::text[]) DESC, (address IN (SELECT address FROM touched)) DESC,
       checked_at NULLS FIRST, address LIMIT :limit`,
    { ...due, tokens: [...due.tokens], first: [...due.first] },
  );
}

/** Incoming less outgoing transfers of an address that were read in the blocks after `afterBlock` up to `toBlock`. */
export async function reckonMoved(
  db: Database,
  range: {
    readonly chain: string;
    readonly token: string;
    readonly address: string;
    readonly afterBlock: number;
    readonly toBlock: number;
  },
): Promise<bigint> {
  return getRow(
    db,
    (row) => micros(row['moved']),
    `SELECT (coalesce((SELECT sum(amount) FROM deposit_observation WHERE chain = :chain AND token = :token
         AND to_address = :address AND block_number > :afterBlock AND block_number <= :toBlock AND orphaned_at IS NULL
         AND amount <= :amountMax), 0)
       - coalesce((SELECT sum(amount) FROM outgoing_transfer WHERE chain = :chain AND token = :token
         AND from_address = :address AND block_number > :afterBlock AND block_number <= :toBlock), 0))::text AS moved`,
    { ...range, amountMax: AMOUNT_MAX },
  );
}

/** The result of checking a balance. */
export interface BalanceCheck {
  readonly token: string;
  readonly address: string;
  readonly base: AmountAt | undefined;
  readonly proven: (AmountAt & { readonly hash: string }) | undefined;
  readonly checkedBlock: number;
  readonly found: bigint | undefined;
  readonly reckoned: bigint | undefined;
  readonly state: Verdict;
  readonly problem: string | undefined;
  readonly repeats: number;
}

/** Stores the results of checks of balances. */
export async function storeBalanceChecks(
  db: Database,
  lease: Lease,
  checks: { readonly chain: string; readonly rows: readonly BalanceCheck[]; readonly at: Date },
): Promise<void> {
  const { chain, rows, at } = checks;
  if (rows.length === 0) return;
  const text = (value: bigint | number | undefined): string | null => (value === undefined ? null : String(value));
  const stored = rows.map(({ token, address, base, proven, checkedBlock, found, reckoned, ...rest }) => ({
    ...rest,
    token,
    address,
    problem: cleanOrNull(rest.problem),
    checked_block: checkedBlock,
    base_block: text(base?.block),
    base_amount: text(base?.amount),
    proven_block: text(proven?.block),
    proven_hash: proven?.hash ?? null,
    proven_amount: text(proven?.amount),
    found_amount: text(found),
    reckoned_amount: text(reckoned),
  }));
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE watched_balance w SET base_block = n.base_block, base_amount = n.base_amount,
         proven_block = n.proven_block, proven_hash = n.proven_hash, proven_amount = n.proven_amount,
         checked_block = n.checked_block, checked_at = :at, found_amount = n.found_amount,
         reckoned_amount = n.reckoned_amount, state = n.state, problem = n.problem, repeats = n.repeats
       FROM jsonb_to_recordset(:rows::jsonb) AS n (token text, address text, base_block bigint, base_amount numeric,
         proven_block bigint, proven_hash text, proven_amount numeric, checked_block bigint, found_amount numeric,
         reckoned_amount numeric, state text, problem text, repeats integer)
       WHERE w.chain = :chain AND w.token = n.token AND w.address = n.address`,
      { at, chain, rows: JSON.stringify(stored) },
    );
  });
}

/** Removes the balances of an address that is no longer ours. */
export async function dropWatchedBalances(
  db: Database,
  lease: Lease,
  gone: { readonly chain: string; readonly addresses: readonly string[] },
): Promise<void> {
  if (gone.addresses.length === 0) return;
  await withLease(db, lease, async (trx) => {
    await trx.raw('DELETE FROM watched_balance WHERE chain = ? AND address = ANY(?::text[])', [
      gone.chain,
      [...gone.addresses],
    ]);
  });
}

/** Identity of the transfers of an address that are known in a block: `token:txHash:ordinal`. */
export async function listKnownInBlock(
  db: Database,
  at: { readonly chain: string; readonly address: string; readonly block: number },
): Promise<Set<string>> {
  const identities = await listRows(
    db,
    (row) => textOf(row['identity']),
    `SELECT token || ':' || tx_hash || ':' || ordinal AS identity FROM deposit_observation
     WHERE chain = :chain AND block_number = :block AND to_address = :address AND orphaned_at IS NULL
     UNION SELECT token || ':' || tx_hash || ':' || ordinal FROM outgoing_transfer
     WHERE chain = :chain AND block_number = :block AND from_address = :address`,
    { ...at },
  );
  return new Set(identities);
}

/** A block in which a balance changed by another amount than the transfers read explain. */
export interface BalanceGap {
  readonly chain: string;
  readonly token: string;
  readonly address: string;
  readonly block: number;
  readonly blockHash: string;
  readonly amount: bigint;
  /** Identities of the transfers that explained it. */
  readonly found: readonly string[];
}

/** Stores a gap. @returns false when it was stored before with the same explanation. */
export async function noteGap(db: Database, lease: Lease, gap: BalanceGap, at: Date): Promise<boolean> {
  return withLease(db, lease, async (trx) => {
    const changed = await changeRows(
      trx,
      `INSERT INTO balance_gap AS g (chain, token, address, block_number, block_hash, amount, found, found_at)
       VALUES (:chain, :token, :address, :block, :blockHash, :amount, :found::jsonb, :at)
       ON CONFLICT (chain, token, address, block_number, block_hash) DO UPDATE SET amount = excluded.amount,
         found = excluded.found WHERE g.amount <> excluded.amount OR g.found <> excluded.found RETURNING 1`,
      { ...gap, amount: String(gap.amount), found: JSON.stringify(gap.found), at },
    );
    return changed > 0;
  });
}
