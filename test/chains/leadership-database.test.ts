/** A database that fails over, refuses, deadlocks or has no connection left: rounds fail whole, and later ones finish. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase } from '../../src/db/database.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';
import { openTcpProxy, type Direction, type Plan, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { connect } from '../support/ledger/wallets.ts';

const bench = useRoundBench();

/** Works with the database behind a proxy. */
async function behindProxy(
  one: RoundBench,
  work: (through: { proxy: TcpProxy; round: () => Promise<void> }) => Promise<void>,
): Promise<void> {
  const proxy = await openTcpProxy(one.database.appUrl);
  const db = openDatabase(proxy.url, 3, { silenceMsMax: 1_500 });
  const ledger = openLedgerWriter({ url: proxy.url, clock: systemClock, deadlineMs: 3_000, lanes: 1 });
  try {
    // The connection is there when the fault comes.
    await db.raw('SELECT 1');
    await work({ proxy, round: async () => one.round(undefined, { db, ledger }) });
  } finally {
    proxy.setPlan({});
    await ledger.stop();
    await db.destroy();
    await proxy.close();
  }
}

/** Rounds until one ends well. */
async function finish(round: () => Promise<void>, roundsMax = 20): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await round();
    } catch (error) {
      if (count === roundsMax) throw error;
    }
  }
}

/** What every state of the tables must show: nothing is half written. */
async function expectWhole({ db, caip2 }: RoundBench): Promise<void> {
  const odd: { rows: unknown[] } = await db.raw(
    `SELECT d.id FROM deposit d
     WHERE d.chain = :chain AND (NOT EXISTS (SELECT FROM deposit_observation o
         WHERE o.chain = d.chain AND o.tx_hash = d.tx_hash AND o.token = d.token AND o.ordinal = d.ordinal)
       OR d.block_number >= (SELECT next_block FROM chain_cursor c WHERE c.chain = d.chain)
       OR NOT EXISTS (SELECT FROM block_checkpoint k WHERE k.chain = d.chain AND k.number >= d.block_number)
       OR (d.entry_seq IS NOT NULL AND NOT EXISTS (SELECT FROM entry e WHERE e.wallet = d.wallet AND e.seq = d.entry_seq)))`,
    { chain: caip2 },
  );
  expect(odd.rows).toEqual([]);
}

/** One deposit after the other, each met by a fault in its round: counted once when the next round ends. */
async function playDeposits(
  one: RoundBench,
  org: string,
  faults: readonly Plan[],
  look: (proxy: TcpProxy) => void = () => undefined,
): Promise<void> {
  for (const plan of faults) {
    const before = (await one.deposits()).length;
    one.chain.mine([{ txHash: `0x${before}`, from: one.sender, amount: 5n }]);
    one.chain.mineMany(2);
    await behindProxy(one, async ({ proxy, round }) => {
      proxy.setPlan(plan);
      await round().catch(() => undefined);
      look(proxy);
      await expectWhole(one);
      proxy.setPlan({});
      await finish(round);
    });
    expect(await one.balance(org)).toBe(BigInt(before + 1) * 5n);
  }
  expect((await one.deposits()).every(({ state, revision }) => state === 'credited' && revision === 0)).toBe(true);
}

describe('F29 a database that fails over', () => {
  test.each(['up', 'down'] as const)(
    'cut %s at any byte of a round: it fails or succeeds as a whole, and the next one ends it',
    async (direction: Direction) => {
      const one = bench();
      const org = await one.newOwner();
      let bytes = 0;
      await playDeposits(one, org, [{}], (proxy) => {
        bytes = proxy.passed(direction);
      });
      expect(bytes).toBeGreaterThan(1_000);
      let cuts = 0;
      const places = Array.from({ length: 8 }, (_, index) => Math.ceil(((index + 0.5) * bytes) / 8));
      await playDeposits(
        one,
        org,
        places.map((at) => ({ cutAfter: { direction, bytes: at } })),
        (proxy) => {
          cuts += proxy.cuts();
        },
      );
      expect(cuts).toBeGreaterThan(5);
    },
    60_000,
  );

  test('silent without a word: the round is given up, and the next one ends it', async () => {
    const one = bench();
    const org = await one.newOwner();
    await playDeposits(one, org, [{ frozen: true }, {}]);
    expect(await one.balance(org)).toBe(10n);
  });
});

describe('F29 a database that refuses', () => {
  /** Makes the first write to the table fail with that SQLSTATE, and the others pass. */
  async function failOnce({ database }: RoundBench, table: string, code: string): Promise<() => Promise<void>> {
    const owner = await connect(database.ownerUrl);
    await owner.query(`CREATE SEQUENCE failed_writes; GRANT USAGE ON SEQUENCE failed_writes TO PUBLIC;
      CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('failed_writes') = 1 THEN RAISE EXCEPTION 'not this time' USING ERRCODE = '${code}'; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER fail_once AFTER INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION fail_once()`);
    return async () => {
      const { rows } = await owner.query<{ is_called: boolean }>('SELECT is_called FROM failed_writes');
      expect(rows).toEqual([{ is_called: true }]);
      await owner.query('DROP FUNCTION fail_once CASCADE; DROP SEQUENCE failed_writes');
      await owner.end();
    };
  }

  const tables = ['deposit_observation', 'deposit', 'block_checkpoint', 'chain_cursor', 'entry'];
  test.each([
    ...tables.map((table) => [table, 'a serialization failure', '40001'] as const),
    ['deposit', 'a deadlock', '40P01'] as const,
    ['deposit', 'too many connections', '53300'] as const,
  ])('a write to %s with %s: nothing stays of its transaction, and the next round ends it', async (table, _, code) => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    one.chain.mineMany(2);
    const mend = await failOnce(one, table, code);
    try {
      await one.round().catch(() => undefined);
      await expectWhole(one);
      await finish(one.round);
    } finally {
      await mend();
    }
    expect(await one.balance(org)).toBe(5n);
    expect(await one.deposits()).toMatchObject([{ state: 'credited', revision: 0 }]);
  });

  test('a real deadlock: one side is ended, nothing is half written, and the next round ends it', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    await one.round();
    one.chain.mineMany(2);
    const other = await connect(one.database.ownerUrl);
    try {
      await other.query('BEGIN');
      await other.query('SELECT FROM deposit WHERE chain = $1 FOR UPDATE', [one.caip2]);
      const round = one.round().catch((error: unknown) => String(error));
      await expect
        .poll(async () => {
          const waiting = await one.db.raw(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`);
          return (waiting as { rows: { n: number }[] }).rows[0]?.n ?? 0;
        })
        .toBeGreaterThan(0);
      const lease = other.query('SELECT FROM lease WHERE name = $1 FOR UPDATE', [one.lease.name]);
      const outcome = await lease.then(
        () => 'round',
        () => 'other',
      );
      await other.query('ROLLBACK');
      expect(outcome === 'round' ? await round : 'deadlock detected').toContain('deadlock detected');
      await round;
    } finally {
      await other.end();
    }
    await expectWhole(one);
    await finish(one.round);
    expect(await one.balance(org)).toBe(5n);
  });

  test('without a connection left: the round fails in time, and a later one ends it', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    one.chain.mineMany(2);
    const db = openDatabase(one.database.appUrl, 1);
    try {
      const held = await db.transaction();
      await expect(one.round(undefined, { db })).rejects.toThrow('Timeout acquiring a connection');
      await held.rollback();
      await one.round(undefined, { db });
    } finally {
      await db.destroy();
    }
    expect(await one.balance(org)).toBe(5n);
  });
});
