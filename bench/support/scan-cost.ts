/** The cost of one scan as the number of watched deposit addresses grows. */
import { openEvmSource } from '../../detector/evm/source.ts';
import { buildContext } from '../../detector/chain/context.ts';
import { RpcPool } from '../../detector/rpc/pool.ts';
import { ChainScan } from '../../detector/scan/scan.ts';
import { systemClock } from '../../src/core/clock.ts';
import { acquireLease } from '../../src/db/leases.ts';
import type { DetectorWorld } from './detector-world.ts';
import { listeningLog } from './detector-world.ts';
import { median } from './rounds.ts';

const SCANS = 15;
/** The first scan learns about the node and starts to watch the addresses. */
const WARM_SCANS = 2;
/** Long enough for the database to add this many orgs with addresses. */
const LEASE_MS = 10 * 60_000;
const MICROS_PER_MS = 1_000;

export interface ScanCost {
  readonly addresses: number;
  /** Transfers between others in each block. */
  readonly foreignPerBlock: number;
  /** Medians over scans that have one new block each. */
  readonly ms: number;
  readonly cpuMs: number;
  readonly requests: number;
  /** How long it took once to start watching all addresses. */
  readonly takeUpMs: number;
  readonly rssMb: number;
}

/** Adds deposit addresses up to that count. They are not derived: that cost is not measured here. */
async function fillAddresses({ ledger }: DetectorWorld, count: number): Promise<void> {
  const { client } = ledger;
  await client.query(
    `INSERT INTO deposit_xpub (xpub, imported_at) VALUES ('xpub of the bench', now()) ON CONFLICT DO NOTHING`,
  );
  const have = `(SELECT last_number FROM deposit_address_series WHERE family = 'eip155')`;
  await client.query(
    `WITH made AS (
       INSERT INTO org (id, name, created_at)
       SELECT gen_random_uuid(), 'bench', now() FROM generate_series(${have} + 1, $1::bigint) RETURNING id)
     INSERT INTO deposit_address (family, number, org, address, key_index, xpub, first_blocks, created_at)
     SELECT 'eip155', n, id, '0x1' || lpad(to_hex(n), 39, '0'), n, 'xpub of the bench', '{"eip155:31337": 1000000}', now()
     FROM (SELECT id, ${have} + row_number() OVER () AS n FROM made) AS numbered`,
    [count],
  );
  await client.query(
    `UPDATE deposit_address_series SET last_number = greatest(last_number, $1) WHERE family = 'eip155'`,
    [count],
  );
  await client.query('ANALYZE deposit_address');
}

/**
 * Measures scans of one new block each, with that many watched addresses, all in one run on one node.
 * @param foreignPerBlock transfers between others in each block, which make reading every transfer more expensive.
 */
export async function measureScanCost(
  world: DetectorWorld,
  addresses: number,
  foreignPerBlock: number,
): Promise<ScanCost> {
  const { db, node, chain, ledger } = world;
  await fillAddresses(world, addresses);
  await node.shape(0, foreignPerBlock);
  const log = listeningLog(() => undefined);
  const shared = { senderPolicy: 'first_come', db, ledger: ledger.writer, clock: systemClock, log } as const;
  const context = buildContext(chain, { ...shared, screener: undefined });
  const source = openEvmSource({ url: node.url, clock: systemClock });
  const { tokens } = context;
  const pool = new RpcPool({ sources: [source], quorum: 1, config: chain, tokens, clock: systemClock, log });
  const lease = await acquireLease(db, { name: `chain:${chain.caip2}`, holder: 'bench', ttlMs: LEASE_MS });
  if (!lease) throw new Error('the lease is taken');
  const scan = new ChainScan(context);
  try {
    const startedAtMs = performance.now();
    await context.watch.refresh(db, { chain: context.chain, family: context.family, readUpTo: addresses });
    const takeUpMs = performance.now() - startedAtMs;
    const measured: { ms: number; cpuMs: number; requests: number }[] = [];
    for (let nth = 0; nth < WARM_SCANS + SCANS; nth += 1) {
      await node.mine(1);
      await node.requests();
      const [cpu, atMs] = [process.cpuUsage(), performance.now()];
      await scan.run(pool, lease, true);
      const ms = performance.now() - atMs;
      const used = process.cpuUsage(cpu);
      const requests = Object.values(await node.requests()).reduce((sum, one) => sum + one, 0);
      if (nth >= WARM_SCANS) measured.push({ ms, cpuMs: (used.user + used.system) / MICROS_PER_MS, requests });
    }
    if (context.watch.addresses.size < addresses) throw new Error('not all addresses are watched');
    return {
      addresses,
      foreignPerBlock,
      ms: median(measured.map((one) => one.ms)),
      cpuMs: median(measured.map((one) => one.cpuMs)),
      requests: median(measured.map((one) => one.requests)),
      takeUpMs,
      rssMb: process.memoryUsage.rss() / 2 ** 20,
    };
  } finally {
    source.close();
  }
}
