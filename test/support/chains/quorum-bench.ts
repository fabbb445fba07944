/** One development chain behind three fault proxies: a quorum of RPCs against nodes that fail and lie. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { startRpcProxy, type ProxyFault, type RpcProxy } from '../../../devnet/rpc-proxy.ts';
import { startWorld } from '../../../devnet/world.ts';
import { buildContext, type ChainContext } from '../../../detector/chain/context.ts';
import type { Reach } from '../../../detector/scan/reach.ts';
import { creditDeposits } from '../../../detector/credit/credit.ts';
import { openEvmSource } from '../../../detector/evm/source.ts';
import type { RpcState } from '../../../detector/rpc/member.ts';
import { RpcPool } from '../../../detector/rpc/pool.ts';
import type { ScanSizes } from '../../../detector/scan/plan.ts';
import { ChainScan } from '../../../detector/scan/scan.ts';
import { openStarknetSource } from '../../../detector/starknet/source.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { acquireLease, type Lease } from '../../../src/db/leases.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { listVotes } from '../../../src/db/deposits/votes.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { createTestDatabase } from '../process/database.ts';
import { balanceOf, configOf, listAllDeposits, newOrg, verifyHashChains, type DepositRow } from './bench.ts';
import { createSteppedClock, type SteppedClock } from '../fake-clock.ts';

const USD = 1_000_000n;
/** Accounts with money. Each test has a database of its own, so tests may reuse them. */
const SENDERS = 4;
/** Short, so that a test sees the call to a hanging node given up. */
const CALL_DEADLINE_MS = 1_500;

/** A kind of node and the names of its methods. */
export interface Leg {
  readonly name: string;
  readonly chainIdMethod: string;
  readonly otherChainId: string;
  readonly logs: string;
  readonly receipts: string;
  readonly start: () => Promise<DevChain | undefined>;
  readonly open: typeof openEvmSource;
}

export const ANVIL: Leg = {
  name: 'anvil',
  chainIdMethod: 'eth_chainId',
  otherChainId: '0x9',
  logs: 'eth_getLogs',
  receipts: 'eth_getTransactionReceipt',
  start: async () => (await startWorld({ starknet: false, blockTimeSeconds: 0 })).evm,
  open: openEvmSource,
};

export const LEGS: readonly Leg[] = [
  ANVIL,
  {
    name: 'the simulated Starknet node',
    chainIdMethod: 'starknet_chainId',
    otherChainId: '0x534e5f4f54484552',
    logs: 'starknet_getEvents',
    receipts: 'starknet_getTransactionReceipt',
    start: async () =>
      (await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'simulator' } })).starknet,
    open: openStarknetSource,
  },
];

/** What one test works with: a database, an org and a sender of its own, and three healthy RPCs. */
export interface QuorumBench {
  readonly leg: Leg;
  readonly chain: DevChain;
  readonly db: DatabasePool;
  readonly databaseUrl: string;
  /** The context of every round, with the lease that it holds. */
  readonly context: ChainContext;
  readonly lease: Lease;
  readonly proxies: readonly [RpcProxy, RpcProxy, RpcProxy];
  readonly sender: string;
  readonly org: string;
  readonly clock: SteppedClock;
  readonly lines: Readonly<Record<string, unknown>>[];
  /** A pool of the first `count` RPCs, of which two must agree; its sources are new each time. */
  readonly poolOf: (count: 1 | 2 | 3) => RpcPool;
  /** One round as the worker runs it, over the blocks since the start of the test. */
  readonly round: (pool: RpcPool, change?: Partial<ChainContext>, sizes?: ScanSizes) => Promise<Reach>;
  /** Sends to the credits address and mines until the transfer is deep enough to be credited. */
  readonly pay: (amountMicros: bigint) => Promise<{ readonly txHash: string; readonly blockNumber: number }>;
  readonly deposits: () => Promise<Pick<DepositRow, 'tx_hash' | 'state' | 'amount' | 'reason'>[]>;
  readonly balance: () => Promise<bigint>;
  readonly votes: (txHash: string) => Promise<string[]>;
}

/** The states of a pool's RPCs, in the pool's order. */
export function statesOf(pool: RpcPool): RpcState[] {
  return pool.statuses().map(({ state }) => state);
}

interface Opened {
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  readonly ledger: LedgerWriter;
  readonly lease: Lease;
  readonly close: (() => void)[];
}

/** Starts a chain and proxies for a describe; the returned function gives the running test's bench. */
export function useQuorumBench(leg: Leg): () => QuorumBench {
  let chain: DevChain | undefined;
  let proxies: QuorumBench['proxies'] | undefined;
  let opened: Opened | undefined;
  let bench: QuorumBench | undefined;
  let count = 0;
  beforeAll(async () => {
    chain = await leg.start();
    if (!chain) throw new Error('the chain did not start');
    const target = { target: chain.rpcUrl, wsTarget: chain.wsUrl };
    proxies = [await startRpcProxy(target), await startRpcProxy(target), await startRpcProxy(target)];
    const { accounts } = chain;
    for (const account of accounts.slice(0, SENDERS)) await chain.faucet(account, 1_000n * USD);
  }, 180_000);
  afterAll(async () => {
    for (const proxy of proxies ?? []) await proxy.stop();
    await chain?.stop();
  });
  beforeEach(async () => {
    if (!chain || !proxies) throw new Error('the chain did not start');
    opened = await openDatabases(chain);
    bench = await benchOf({ leg, chain, proxies, opened, sender: chain.accounts[count % SENDERS] ?? '' });
    count += 1;
  });
  afterEach(async () => {
    for (const proxy of proxies ?? []) {
      proxy.clearFaults();
      proxy.freeze({ http: false, sockets: false });
      if (chain) proxy.setTarget(chain.rpcUrl, chain.wsUrl);
    }
    if (!opened) return;
    for (const close of opened.close) close();
    await verifyHashChains(opened.db);
    await opened.ledger.stop();
    await opened.db.destroy();
    await opened.database.drop();
  });
  return () => {
    if (!bench) throw new Error('no test is running');
    return bench;
  };
}

async function openDatabases(chain: DevChain): Promise<Opened> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl);
  const ledger = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
  const lease = await acquireLease(db, { name: `chain:${chain.caip2}`, holder: 'test', ttlMs: 600_000 });
  if (!lease) throw new Error('the lease is taken');
  return { database, db, ledger, lease, close: [] };
}

async function benchOf(given: {
  readonly leg: Leg;
  readonly chain: DevChain;
  readonly proxies: QuorumBench['proxies'];
  readonly opened: Opened;
  readonly sender: string;
}): Promise<QuorumBench> {
  const { leg, chain, proxies, sender } = given;
  const { database, db, ledger, lease, close } = given.opened;
  const clock = createSteppedClock(Date.now());
  const lines: QuorumBench['lines'] = [];
  const keep = (fields: Readonly<Record<string, unknown>>): void => void lines.push(fields);
  const log = { info: keep, warn: keep, error: keep };
  const config = configOf(chain, { startBlock: await chain.head(), finality: { kind: 'depth', blocks: 2 } });
  const org = await newOrg(db, chain.caip2, [sender]);
  const context = buildContext(config, { senderPolicy: 'first_come', db, ledger, clock, log });
  return {
    leg,
    chain,
    db,
    databaseUrl: database.appUrl,
    context,
    lease,
    proxies,
    sender,
    org,
    clock,
    lines,
    poolOf: (size) => {
      const sources = proxies
        .slice(0, size)
        .map(({ rpcUrl: url }) => leg.open({ url, clock: systemClock, deadlineMs: CALL_DEADLINE_MS }));
      for (const source of sources) close.push(() => source.close());
      const quorum = Math.min(2, size);
      return new RpcPool({ sources, quorum, config, tokens: context.tokens, clock, log, random: () => 0 });
    },
    round: async (pool, change = {}, sizes) => {
      const configured = { ...context, ...change };
      const reach = await new ChainScan(configured, sizes).run(pool, lease, true);
      await creditDeposits(configured, pool, lease, reach);
      return reach;
    },
    pay: async (amountMicros) => {
      const sent = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros });
      await chain.mine(3);
      return sent;
    },
    deposits: async () => {
      const rows = await listAllDeposits(db, chain.caip2);
      return rows.map(({ tx_hash, state, amount, reason }) => ({ tx_hash, state, amount, reason }));
    },
    balance: async () => balanceOf(db, org),
    votes: async (txHash) => {
      const votes = await listVotes(db, { chain: chain.caip2, txHash });
      return votes.map(({ vote }) => vote).toSorted();
    },
  };
}

/** A fault of one method. */
export function faultOf(method: string, effect: ProxyFault['effect']): ProxyFault {
  return { method, effect };
}
