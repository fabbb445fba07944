/**
 * The ledger in process, compared in the same rounds with pgbench, with the limit of raw inserts and with one
 * transaction per debit. growth.ts measures the bytes and CPU of a debit, also on a ledger of millions of entries.
 */
import pg from 'pg';
import { uuidV7 } from '../src/core/ids.ts';
import { inputHash, type Entry } from '../src/core/ledger/entry.ts';
import { openDatabase, type DatabasePool } from '../src/db/database.ts';
import { entryRows, INSERT_ENTRIES, lastRows } from '../src/db/ledger/entry-columns.ts';
import type { Submission } from '../src/db/ledger/submission.ts';
import { turnsOf } from '../src/db/ledger/turns.ts';
import { debitOf, openLedgerWorld, preparedBatches, type LedgerWorld } from './support/ledger-world.ts';
import { closedLoop } from './support/load.ts';
import { connected, hasPgbench, prepareTpcB, tpcB } from './support/pgbench.ts';
import { readSettings, report, runRounds, type Cell } from './support/rounds.ts';

const DEBIT_MICROS = 10_000n;
const SPREAD_WALLETS = 10_000;
const RAW_BATCH = 128;

/** Entry point of `npm run bench -- ledger`. */
export async function run(options: readonly string[]): Promise<void> {
  const world = await openLedgerWorld();
  const knex = openDatabase(world.url, 16);
  try {
    await prepareTpcB(world);
    const [hot] = await world.addWallets(1);
    if (hot === undefined) throw new Error('no wallet');
    const spread = await world.addWallets(SPREAD_WALLETS);
    const any = (): string => spread[Math.floor(Math.random() * spread.length)] ?? hot;
    const cells = [
      { name: hasPgbench() ? 'Y1 pgbench TPC-B' : 'Y1 TPC-B through pg', run: tpcB(world) },
      { name: 'Y2 raw unnest insert', run: rawInsert(world) },
      { name: 'Y3 one knex transaction', run: knexTransactions(world, knex) },
      { name: 'one SQL call, 1 caller', run: oneCall(world) },
      debits(world, 'hot, 1 caller', 1, () => hot, [hot]),
      debits(world, 'hot, 64 callers', 64, () => hot, [hot]),
      debits(world, 'hot, 256 callers', 256, () => hot, [hot]),
      debits(world, '10,000 wallets, 256 callers', 256, any, spread),
      batches(world, hot),
      holdCycles(world),
      { name: 'hot, 256 callers, old snapshot', run: withOldSnapshot(world, hot) },
    ];
    const measures = await runRounds(cells, readSettings(options));
    report(measures);
  } finally {
    await knex.destroy();
    await world.close();
  }
}

const spentOf = new Map<string, bigint>();
const note = (wallet: string, micros: bigint): void => {
  spentOf.set(wallet, (spentOf.get(wallet) ?? 0n) + micros);
};
const spentBy = (wallets: readonly string[]): bigint =>
  wallets.reduce((sum, wallet) => sum + (spentOf.get(wallet) ?? 0n), 0n);

function debits(
  world: LedgerWorld,
  name: string,
  callers: number,
  pick: () => string,
  wallets: readonly string[],
): Cell {
  return {
    name,
    run: async (seconds) => {
      await world.checkpoint();
      const measure = await closedLoop(callers, seconds, async () => {
        const wallet = pick();
        await world.writer.submit(debitOf(wallet));
        note(wallet, DEBIT_MICROS);
      });
      await world.audit(wallets, spentBy(wallets));
      return measure;
    },
  };
}

function batches(world: LedgerWorld, wallet: string): Cell {
  return {
    name: 'batch call of 1,000',
    run: async (seconds) => {
      await world.checkpoint();
      const measure = await closedLoop(2, seconds, async () => {
        await Promise.all(Array.from({ length: 1000 }, async () => world.writer.submit(debitOf(wallet))));
        note(wallet, DEBIT_MICROS * 1000n);
        return 1000;
      });
      await world.audit([wallet], spentBy([wallet]));
      return measure;
    },
  };
}

function holdCycles(world: LedgerWorld): Cell {
  let wallets: string[] = [];
  const HASH = inputHash('cycle');
  const ask = async (wallet: string, command: Submission['command']): Promise<number> => {
    const { entries } = await world.writer.submit({ wallet, command, key: uuidV7(Date.now()), inputHash: HASH });
    return entries[0]?.seq ?? 0;
  };
  return {
    name: 'hold, capture half, release, 64 callers',
    run: async (seconds) => {
      if (wallets.length === 0) wallets = await world.addWallets(64);
      await world.checkpoint();
      const measure = await closedLoop(64, seconds, async (caller) => {
        const wallet = wallets[caller] ?? '';
        const hold = await ask(wallet, {
          op: 'hold',
          service: 'AI_API',
          amountMicros: 20_000n,
          gift: false,
          durationMs: 600_000,
        });
        const half = { final: false, allowOverrun: false, giftCardMaxMicros: 0n };
        await ask(wallet, { op: 'capture', hold, amountMicros: DEBIT_MICROS, ...half });
        await ask(wallet, { op: 'release', hold });
        note(wallet, DEBIT_MICROS);
      });
      await world.audit(wallets, spentBy(wallets));
      return measure;
    },
  };
}

function withOldSnapshot(world: LedgerWorld, wallet: string): Cell['run'] {
  return async (seconds) => {
    const reader = new pg.Client({ connectionString: world.url });
    await reader.connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT count(*) FROM wallet');
    try {
      return await debits(world, 'snapshot', 256, () => wallet, [wallet]).run(seconds);
    } finally {
      await reader.query('COMMIT');
      await reader.end();
    }
  };
}

/** Of {@link INSERT_ENTRIES}, for entries that follow nothing, at any time, in no turn. */
function parametersOf(entries: readonly Entry[]): unknown[] {
  return [entryRows(entries).toBuffer(), ...lastRows([]), 'infinity', turnsOf([]), null];
}

/** Inserts the same rows, prepared beforehand, in batches of 128 over two connections. */
function rawInsert(world: LedgerWorld): Cell['run'] {
  return async () => {
    await world.checkpoint();
    const clients = await Promise.all([1, 2].map(async () => connected(world.url)));
    const prepared = clients.map(() => preparedBatches(uuidV7(Date.now()), 400, RAW_BATCH).map(parametersOf));
    const start = performance.now();
    await Promise.all(
      clients.map(async (client, index) => {
        for (const values of prepared[index] ?? []) await client.query({ name: 'raw', text: INSERT_ENTRIES, values });
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    await Promise.all(clients.map(async (client) => client.end()));
    return { opsPerSecond: (clients.length * 400 * RAW_BATCH) / seconds };
  };
}

/** One caller, one entry, one statement: the cost of a debit without any decision. */
function oneCall(world: LedgerWorld): Cell['run'] {
  return async () => {
    const client = await connected(world.url);
    const prepared = preparedBatches(uuidV7(Date.now()), 2000, 1).map(parametersOf);
    const start = performance.now();
    for (const values of prepared) await client.query({ name: 'one', text: INSERT_ENTRIES, values });
    const seconds = (performance.now() - start) / 1000;
    await client.end();
    return { opsPerSecond: prepared.length / seconds };
  };
}

/** The usual design: lock the wallet, read its last entry, insert the next, commit; a pool of 16 connections. */
function knexTransactions(world: LedgerWorld, knex: DatabasePool): Cell['run'] {
  return async (seconds) => {
    await world.checkpoint();
    const [wallet] = await world.addWallets(1);
    if (wallet === undefined) throw new Error('no wallet');
    return closedLoop(64, seconds, async () => {
      await knex.transaction(async (trx) => {
        await trx('wallet').where({ id: wallet }).forUpdate();
        await trx.raw(
          `INSERT INTO entry SELECT wallet, seq + 1, now(), -10000, 0, available - 10000, held, deposited, lot,
             lot_left - 10000, NULL, ?, 0, 0, 0, 'AI_API_CALL', 'AI_API', 0, 'revenue:AI_API', '\\x0011223344556677',
             NULL, NULL, NULL, NULL, NULL, hash FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1`,
          [uuidV7(Date.now()), wallet],
        );
      });
    });
  };
}
