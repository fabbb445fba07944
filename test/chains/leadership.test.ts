/** Who may write: one leader for each chain, and nothing of another's. */
import { describe, expect, test } from 'vitest';
import { LEASE_TTL_MS } from '../../detector/service.ts';
import { RENEWALS_PER_TTL } from '../../detector/chain-worker.ts';
import { observeEvents } from '../../detector/scan/observe.ts';
import { creditRulesOf } from '../../src/core/chains/finality.ts';
import { depositId, ledgerKey, walletId } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { setProvisionalLimit } from '../../src/db/access/provisional-limits.ts';
import { FENCED_IDLE_MS_MAX, LeaseLost, releaseLease, withLease } from '../../src/db/leases.ts';
import { releaseChain } from '../../src/db/chains/freezes.ts';
import { TOKEN, CREDITS } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';
import { connect } from '../support/ledger/wallets.ts';

const bench = useRoundBench();
const caps = { perDepositMicros: 1_000n, outstandingMicros: 100_000n };

/** Written by others than the leader of a chain, each under a lock or a key of its own; what a node said is no decision. */
const NOT_THE_LEADERS: readonly string[] = [
  'sender',
  'ownership_challenge',
  'chain_freeze',
  'chain_status',
  'rpc_status',
  'rpc_range',
  'deposit_vote',
];

/** Makes the database refuse every write to a table of chains that is not made under the lease of that chain. */
async function demandFences({ database }: RoundBench): Promise<string[]> {
  const owner = await connect(database.ownerUrl);
  try {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_name)
       WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name = 'chain'
         AND c.table_name <> ALL($1) ORDER BY 1`,
      [NOT_THE_LEADERS],
    );
    await owner.query(
      `CREATE OR REPLACE FUNCTION demand_fence() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF current_setting('coffer.fence', true) IS DISTINCT FROM 'chain:' || coalesce(NEW.chain, OLD.chain) THEN
           RAISE EXCEPTION 'a write to % without its fence', TG_TABLE_NAME;
         END IF;
         RETURN coalesce(NEW, OLD);
       END $$`,
    );
    for (const { name } of rows) {
      await owner.query(`CREATE OR REPLACE TRIGGER demand_fence BEFORE INSERT OR UPDATE OR DELETE ON ${name}
        FOR EACH ROW EXECUTE FUNCTION demand_fence()`);
    }
    return rows.map(({ name }) => name);
  } finally {
    await owner.end();
  }
}

/** Everything that rounds do: credits, reversals, marks, dust, screenings, freezes, rewrites. */
async function liveThrough(one: RoundBench): Promise<void> {
  const { chain, sender, db, caip2 } = one;
  const org = await one.newOwner();
  await setProvisionalLimit(db, { org, limitMicros: 10n, at: new Date() });
  const rules = creditRulesOf('eip155', { caps, provisional: { kind: 'depth', blocks: 1 } });
  const change = { rules, minDepositMicros: 3n, reorgBlocksMax: 4 };
  chain.mineMany(2);
  chain.mine([
    { txHash: '0x1', from: sender, amount: 5n },
    { txHash: '0x2', from: sender, amount: 2n },
    { txHash: '0x3', from: `0x${'7'.repeat(40)}`, amount: 9n },
    { txHash: '0x4', from: sender, amount: 0n },
  ]);
  chain.mine();
  await one.round(undefined, change);
  expect(await one.balance(org)).toBe(5n);
  chain.mine([{ txHash: '0x5', from: sender, amount: 2n }]);
  chain.hardFinalHeight = 2;
  chain.mine();
  await one.round(undefined, change);
  await one.round(undefined, { ...change, screener: { screen: async () => Promise.resolve('hold') } });
  chain.drop(2);
  chain.mineMany(3, 'other');
  await one.round(undefined, change);
  chain.mine([{ txHash: '0x6', from: sender, amount: 4n }], 'other');
  chain.mine([], 'other');
  await one.round(undefined, change);
  chain.drop(7);
  chain.hardFinalHeight = undefined;
  chain.mineMany(9, 'third');
  await one.round(undefined, change);
  await releaseChain(db, { chain: caip2, by: 'ann', at: new Date() });
  await one.round(undefined, change);
  const reversed = (await one.deposits()).filter(({ state }) => state === 'reversed');
  expect(reversed.map(({ tx_hash: hash }) => hash)).toEqual(expect.arrayContaining(['0x1', '0x6']));
  expect(one.lines).toContainEqual(expect.objectContaining({ event: 'chain.frozen' }));
}

describe('every write of a leader', () => {
  test('F30 A64 is made under the fence of its chain', async () => {
    const one = bench();
    const tables = await demandFences(one);
    expect(tables).toEqual(
      expect.arrayContaining(['block_checkpoint', 'chain_cursor', 'deposit', 'deposit_observation']),
    );
    await liveThrough(one);
    const block = one.chain.mine([{ txHash: '0x7', from: one.sender, amount: 5n }], 'third');
    const event = { token: TOKEN, txHash: '0x7', ordinal: 0, blockNumber: block.number, blockHash: block.hash };
    const transfer = { ...event, from: one.sender, to: CREDITS, amount: 5n, malformed: null };
    await observeEvents({ context: one.context, lease: one.lease }, block, [transfer]);
    await expect(one.db.raw('UPDATE deposit SET reason = ? WHERE chain = ?', ['x', one.caip2])).rejects.toThrow(
      'without its fence',
    );
  });

  test('F30 A64 of what an ex-leader goes on with is refused, wherever in its round it was', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    one.chain.mineMany(2);
    const { db, lease } = one;
    const past = { name: lease.name, holder: lease.holder, fence: lease.fence };
    await releaseLease(db, lease);
    const next = await one.lead('two');
    for (let count = 0; count < 2; count += 1) await expect(one.round(past)).rejects.toThrow(LeaseLost);
    expect(await one.deposits()).toEqual([]);
    await one.round(next);
    await expect(one.round(past)).rejects.toThrow(LeaseLost);
    expect(await one.balance(org)).toBe(5n);
  });

  test('F30 A64 is refused where its holder leads again under another fence', async () => {
    const { chain, db, lease, round, lead } = bench();
    chain.mineMany(2);
    await releaseLease(db, lease);
    await releaseLease(db, await lead('two'));
    const again = await lead(lease.holder);
    expect(again.fence).not.toBe(lease.fence);
    await expect(withLease(db, lease, async () => undefined)).rejects.toThrow(LeaseLost);
    await round(again);
  });

  test('F30 A64 is refused though its fence was given again, after a restore', async () => {
    const { chain, db, lease, round, lead } = bench();
    chain.mineMany(2);
    await releaseLease(db, lease);
    const lost = await lead('two');
    // As restored to the time before the second leader, whose process lives on.
    await db.raw('UPDATE lease SET holder = ?, fence = ?, expires_at = now() WHERE name = ?', [
      lease.holder,
      lease.fence,
      lease.name,
    ]);
    const next = await lead('three');
    expect(next.fence).toBe(lost.fence);
    await expect(withLease(db, lost, async () => undefined)).rejects.toThrow(LeaseLost);
    await expect(round(lost)).rejects.toThrow(LeaseLost);
    await round(next);
  });

  test('F30 A64 that stands still gives way: its transaction is ended and nothing of it stays', async () => {
    const { db, lease, caip2, lead } = bench();
    const paused = withLease(db, lease, async (trx) => {
      await trx.raw(
        `INSERT INTO chain_cursor (chain, start_block, next_block, head_block, scanned_at) VALUES (?, 0, 9, 9, now())`,
        [caip2],
      );
      await new Promise((resolve) => {
        setTimeout(resolve, FENCED_IDLE_MS_MAX + 1_000);
      });
      await trx.raw('SELECT 1');
    });
    await releaseLease(db, lease);
    const [ended, next] = await Promise.allSettled([paused, lead('two')]);
    expect([ended.status, next.status]).toEqual(['rejected', 'fulfilled']);
    const left: { rows: unknown[] } = await db.raw('SELECT 1 FROM chain_cursor WHERE chain = ?', [caip2]);
    expect(left.rows).toEqual([]);
  });

  test('F30 A64 a leader that is gone is replaced within 15 seconds, its last write included', () => {
    const waitMs = LEASE_TTL_MS + LEASE_TTL_MS / RENEWALS_PER_TTL;
    expect(waitMs).toBeLessThan(15_000);
    expect(FENCED_IDLE_MS_MAX).toBeLessThan(LEASE_TTL_MS);
  });
});

describe('F31 versions side by side', () => {
  // Frozen: a version that makes others would credit everything once more.
  test.each([
    [
      'eip155:8453',
      '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
      `0x${'ab'.repeat(32)}`,
      0,
      [
        'e04357ea-3040-51ab-b17d-24440860bc00',
        '31ceea9f-3735-8033-a353-788f7016bc99',
        '06393ceb-6481-8244-8ee4-8c700fb43e2a',
      ],
    ],
    [
      'starknet:SN_MAIN',
      '0x033068f6539f8e6e6b131e6b2b814e6c34a5224bc66947c47dab9dfee93b35fb',
      `0x${'0c'.repeat(32)}`,
      7,
      [
        '77fad368-0bcd-500c-892d-a1cafa629fef',
        '73ef740e-ef69-8b74-a613-0ba24e2f49d0',
        '734fd8c6-83ca-87e5-b036-ca2f7ee44e3b',
      ],
    ],
  ])('give the deposits of %s the same ids and keys', (chain, token, txHash, ordinal, frozen) => {
    const id = depositId({ chain, token, txHash, ordinal });
    expect([id, ledgerKey('deposit', `${id}:0`), ledgerKey('deposit', `${id}:1:reversal`)]).toEqual(frozen);
  });

  test('take turns within one deposit without crediting it twice', async () => {
    const one = bench();
    const org = await one.newOwner();
    const wallet = walletId({ kind: 'org', id: org });
    one.chain.mineMany(40);
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    const older = { overlapBlocks: 3 };
    let lease = one.lease;
    for (const [turn, change] of [older, {}, older, {}, older].entries()) {
      await one.round(lease, change);
      one.chain.mine(turn === 2 ? [{ txHash: '0x2', from: one.sender, amount: 7n }] : []);
      await releaseLease(one.db, lease);
      lease = await one.lead(`version ${turn}`);
    }
    one.chain.mineMany(2);
    await one.round(lease);
    const entries: { rows: { reference: string; key: string; input_hash: Buffer }[] } = await one.db.raw(
      'SELECT reference, key, input_hash FROM entry WHERE wallet = ? ORDER BY seq',
      [wallet],
    );
    expect(entries.rows).toEqual(
      [
        ['0x1', '5'],
        ['0x2', '7'],
      ].map(([reference = '', amount]) => {
        const name = `${depositId({ chain: one.caip2, token: TOKEN, txHash: reference, ordinal: 0 })}:0`;
        const hash = Buffer.from(inputHash(`deposit:${name}:${amount}:${wallet}:`), 'hex');
        return { reference, key: ledgerKey('deposit', name), input_hash: hash };
      }),
    );
  });
});
