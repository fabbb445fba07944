/** A database, a node with computed blocks, and orgs whose senders pay in. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChainSettings } from '../../detector/chain/settings.ts';
import type { DetectorLog } from '../../detector/chain/log.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { registerSender } from '../../src/db/senders/senders.ts';
import { BENCH_CHAIN_ID, BENCH_CREDITS, BENCH_SENDERS, BENCH_TOKEN } from './evm-node-names.ts';
import { openLedgerWorld, type LedgerWorld } from './ledger-world.ts';

const START_TIMEOUT_MS = 30_000;

/** Orders to the node; each is answered with the height, or with the requests since the last question. */
export interface BenchNode {
  readonly url: string;
  shape(every: number, foreign: number): Promise<void>;
  /** Adds blocks, with `deposits` deposits in the last of them. */
  mine(count: number, deposits?: number, to?: string): Promise<void>;
  /** Replaces that many blocks by others, and adds one more. */
  reorg(depth: number): Promise<void>;
  push(on: boolean): Promise<void>;
  /** Requests since the last call, by method. */
  requests(): Promise<Readonly<Record<string, number>>>;
  stop(): void;
}

export interface DetectorWorld {
  readonly ledger: LedgerWorld;
  readonly db: Database;
  readonly node: BenchNode;
  /** The chain's settings for the detector. */
  readonly chain: ChainSettings;
  close(): Promise<void>;
}

/** Starts all of it; each world has its own database. */
export async function openDetectorWorld(change: Partial<ChainSettings> = {}): Promise<DetectorWorld> {
  const ledger = await openLedgerWorld();
  const db = openDatabase(ledger.url, 4);
  const node = await startNode();
  for (const sender of BENCH_SENDERS) await addOrg(db, sender);
  return {
    ledger,
    db,
    node,
    chain: {
      caip2: `eip155:${BENCH_CHAIN_ID}`,
      rpcUrls: [node.url],
      wsUrl: node.url.replace('http', 'ws'),
      tokens: [{ symbol: 'USDC', address: BENCH_TOKEN, decimals: 6 }],
      creditsAddress: BENCH_CREDITS,
      startBlock: 0,
      finality: { kind: 'depth', blocks: 2 },
      devnet: true,
      caps: { perDepositMicros: 10n ** 12n, outstandingMicros: 10n ** 14n },
      ...change,
    },
    close: async () => {
      node.stop();
      await db.destroy();
      await ledger.close();
    },
  };
}

async function addOrg(db: Database, sender: string): Promise<void> {
  const org = uuidV7(Date.now());
  await createOrg(db, { id: org, name: 'bench', externalId: null, createdAt: new Date() });
  const binding = { id: uuidV7(Date.now()), org, family: 'eip155', address: sender, chain: null } as const;
  // Bound before the first block, so that every deposit belongs to the org.
  const terms = { label: undefined, policy: 'first_come', at: new Date(0), order: undefined } as const;
  await registerSender(db, { ...binding, ...terms });
}

async function startNode(): Promise<BenchNode> {
  const child = fork(join(import.meta.dirname, '..', '..', 'bench/support/evm-node.ts'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await urlOf(child);
  let lastId = 0;
  const order = async (what: Readonly<Record<string, unknown>>): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown): void => {
        const reply = z.object({ id: z.number(), result: z.unknown() }).parse(message);
        if (reply.id !== id) return;
        child.off('message', onMessage);
        resolve(reply.result);
      };
      child.on('message', onMessage);
      child.send({ id, ...what }, (error) => (error ? reject(error) : undefined));
    });
  };
  return {
    url,
    shape: async (every, foreign) => void (await order({ do: 'shape', every, foreign })),
    mine: async (count, deposits = 0, to = BENCH_CREDITS) => void (await order({ do: 'mine', count, deposits, to })),
    reorg: async (depth) => void (await order({ do: 'reorg', count: depth })),
    push: async (on) => void (await order({ do: 'push', on })),
    requests: async () => z.record(z.string(), z.number()).parse(await order({ do: 'stats' })),
    stop: () => {
      child.kill();
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the node did not start')), START_TIMEOUT_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /listening on (\S+)/.exec(chunk.toString())?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('exit', () => reject(new Error('the node ended')));
  });
}

/** A log that calls back at each event and prints only errors that no bench expects. */
export function listeningLog(onEvent: (event: string, fields: Readonly<Record<string, unknown>>) => void): DetectorLog {
  const tell = (fields: Readonly<Record<string, unknown>>): void => onEvent(String(fields['event']), fields);
  return {
    info: tell,
    warn: tell,
    error: (fields) => {
      if (fields['event'] !== 'deposit.reversed') console.error(JSON.stringify(fields));
      tell(fields);
    },
  };
}
