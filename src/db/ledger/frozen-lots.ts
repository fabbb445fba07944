/** Lots that nothing is spent from, because their payment is probably fraud: who freezes them, and what a writer knows of them. */
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, count, listRows, textOf, type Queries } from '../rows.ts';
import { readHead } from './heads.ts';

/** Most frozen lots that a process keeps in memory, those frozen last. */
const KEPT_MAX = 100_000;
const NONE: ReadonlySet<number> = new Set();

/**
 * The frozen lots of all wallets, as they were when they were last read. A writer judges by it, so a lot that another process
 * freezes can be spent from until the next reading.
 */
export class FrozenLots {
  readonly #db: Database;
  #byWallet: ReadonlyMap<string, ReadonlySet<number>> = new Map();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The frozen lots of a wallet. */
  of(wallet: string): ReadonlySet<number> {
    return this.#byWallet.get(wallet) ?? NONE;
  }

  /** Reads them again. If that fails, what was read before holds on. */
  async refresh(): Promise<void> {
    const rows = await listRows(
      this.#db,
      (row) => ({ wallet: textOf(row['wallet']), lot: count(row['lot']) }),
      `SELECT wallet, lot FROM lot_frozen WHERE ended_at IS NULL ORDER BY frozen_at DESC LIMIT ${KEPT_MAX}`,
    );
    const byWallet = Map.groupBy(rows, ({ wallet }) => wallet);
    this.#byWallet = new Map([...byWallet].map(([wallet, lots]) => [wallet, new Set(lots.map(({ lot }) => lot))]));
  }
}

/** The lots of a wallet that are frozen now. */
export async function findFrozenLots(db: Queries, wallet: string): Promise<ReadonlySet<number>> {
  const lots = await listRows(
    db,
    (row) => count(row['lot']),
    'SELECT lot FROM lot_frozen WHERE wallet = ? AND ended_at IS NULL',
    [wallet],
  );
  return new Set(lots);
}

/** What each frozen lot of a wallet has left now, in micros; empty where none is frozen. */
export async function listFrozenLeft(db: Queries, wallet: string): Promise<ReadonlyMap<number, bigint>> {
  const lots = await findFrozenLots(db, wallet);
  if (lots.size === 0) return new Map();
  const open = (await readHead(db, wallet))?.lots ?? [];
  return new Map([...lots].map((lot) => [lot, open.find((one) => one.lot === lot)?.left ?? 0n]));
}

/** Freezes lots of an order, or lets them be spent again. Repeating it changes nothing. @returns whether it changed anything */
export async function setFrozen(
  trx: DatabaseTransaction,
  {
    order,
    wallet,
    lots,
    frozen,
    at,
  }: {
    readonly order: string;
    readonly wallet: string;
    readonly lots: readonly number[];
    readonly frozen: boolean;
    readonly at: Date;
  },
): Promise<boolean> {
  if (lots.length === 0) return false;
  if (frozen) {
    const fresh = await changeRows(
      trx,
      `INSERT INTO lot_frozen AS kept (wallet, lot, order_id, frozen_at)
       SELECT ?::uuid, lot, ?::uuid, ?::timestamptz FROM unnest(?::bigint[]) AS frozen (lot)
       ON CONFLICT (wallet, lot) DO UPDATE SET ended_at = NULL, frozen_at = excluded.frozen_at
       WHERE kept.ended_at IS NOT NULL`,
      [wallet, order, at, [...lots]],
    );
    return fresh > 0;
  }
  const ended = await changeRows(
    trx,
    'UPDATE lot_frozen SET ended_at = ? WHERE wallet = ? AND lot = ANY(?::bigint[]) AND ended_at IS NULL',
    [at, wallet, [...lots]],
  );
  return ended > 0;
}
