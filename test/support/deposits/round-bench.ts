/** Rounds of scan and credit on a chain in memory that a test rewrites by hand, without a node and without a worker. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { ChainSource } from '../../../detector/rpc/source.ts';
import { buildContext, type ChainContext } from '../../../detector/chain/context.ts';
import { creditDeposits } from '../../../detector/credit/credit.ts';
import { RpcPool, type RpcPoolOptions } from '../../../detector/rpc/pool.ts';
import { ChainScan } from '../../../detector/scan/scan.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { acquireLease, type Lease } from '../../../src/db/leases.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { createTestDatabase } from '../process/database.ts';
import { balanceOf, listAllDeposits, newOrg, verifyHashChains, type DepositRow } from '../chains/bench.ts';
import { CREDITS, MemoryChain, TOKEN } from '../chains/memory-chain.ts';

const USD = 1_000_000n;

/** What one test works with: a chain and a sender of its own, read at a depth of two blocks. */
export interface RoundBench {
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  readonly ledger: LedgerWriter;
  readonly caip2: string;
  readonly chain: MemoryChain;
  readonly context: ChainContext;
  readonly sender: string;
  /** The lease under which rounds run. */
  readonly lease: Lease;
  /** Takes the lease of the chain for this holder. */
  readonly lead: (holder: string) => Promise<Lease>;
  /** One round as the worker runs it; another lease, configuration or other RPCs may be given. */
  readonly round: (as?: Lease, change?: Partial<ChainContext>, rpcs?: RpcPool) => Promise<void>;
  /** A pool with the chain as its only RPC. */
  readonly pool: RpcPool;
  /** Log lines of the rounds. */
  readonly lines: Readonly<Record<string, unknown>>[];
  /** Creates an org to which the sender is bound from now on. */
  readonly newOwner: () => Promise<string>;
  readonly balance: (org: string) => Promise<bigint>;
  readonly deposits: () => Promise<Pick<DepositRow, 'tx_hash' | 'state' | 'amount' | 'revision' | 'reason'>[]>;
  /** Another bench with a chain of its own, in the same database. */
  readonly another: () => Promise<RoundBench>;
}

interface Shared {
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  readonly ledger: LedgerWriter;
}

/** Opens one database for a file of tests; the returned function gives the running test's bench. */
export function useRoundBench(): () => RoundBench {
  let shared: Shared | undefined;
  let bench: RoundBench | undefined;
  let count = 0;
  const next = async (opened: Shared): Promise<RoundBench> => {
    count += 1;
    return benchOf(opened, count, async () => next(opened));
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    const ledger = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
    shared = { database, ledger, db: openDatabase(database.appUrl) };
  });
  afterAll(async () => {
    await shared?.ledger.stop();
    await shared?.db.destroy();
    await shared?.database.drop();
  });
  beforeEach(async () => {
    if (!shared) throw new Error('there is no database');
    bench = await next(shared);
  });
  afterEach(async () => {
    if (shared) await verifyHashChains(shared.db);
  });
  return () => {
    if (!bench) throw new Error('no test is running');
    return bench;
  };
}

/** A pool of RPCs of a chain whose head may be of any age; the quorum is two of them, or the only one. */
export function poolOf(
  sources: readonly ChainSource[],
  { chain, tokens, clock, log }: Pick<ChainContext, 'chain' | 'tokens' | 'clock' | 'log'>,
  change: Partial<RpcPoolOptions> = {},
): RpcPool {
  const config = { caip2: chain, devnet: true, tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }] };
  return new RpcPool({ sources, quorum: Math.min(2, sources.length), config, tokens, clock, log, ...change });
}

async function benchOf(
  { database, db, ledger }: Shared,
  number: number,
  another: RoundBench['another'],
): Promise<RoundBench> {
  const caip2 = `eip155:${number}`;
  const sender = `0x${number.toString(16).padStart(40, 'd')}`;
  const chain = new MemoryChain(caip2);
  const lines: RoundBench['lines'] = [];
  const log = (fields: Readonly<Record<string, unknown>>): void => {
    lines.push(fields);
  };
  const context = buildContext(
    {
      caip2,
      rpcUrls: [],
      tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }],
      creditsAddress: CREDITS,
      startBlock: 0,
      finality: { kind: 'depth', blocks: 2 },
      reorgBlocksMax: 1_000,
      caps: { perDepositMicros: 100n * USD, outstandingMicros: 150n * USD },
    },
    { senderPolicy: 'first_come', db, ledger, clock: systemClock, log: { info: log, warn: log, error: log } },
  );
  const lead: RoundBench['lead'] = async (holder) => {
    const taken = await acquireLease(db, { name: `chain:${caip2}`, holder, ttlMs: 60_000 });
    if (!taken) throw new Error('the lease is taken');
    return taken;
  };
  const lease = await lead('one');
  const pool = poolOf([chain], context);
  return {
    database,
    db,
    ledger,
    caip2,
    chain,
    context,
    sender,
    lease,
    lead,
    pool,
    round: async (as = lease, change = {}, rpcs = pool) => {
      const configured = { ...context, ...change };
      await creditDeposits(configured, rpcs, as, await new ChainScan(configured).run(rpcs, as, true));
    },
    lines,
    another,
    newOwner: async () => newOrg(db, caip2, [sender]),
    balance: async (org) => balanceOf(db, org),
    deposits: async () => {
      const rows = await listAllDeposits(db, caip2);
      return rows.map(({ tx_hash, state, amount, revision, reason }) => ({ tx_hash, state, amount, revision, reason }));
    },
  };
}
