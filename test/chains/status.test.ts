/** What is stored of the detector's state, whatever nodes write into it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStatusReport } from '../../detector/status-report.ts';
import { RpcNotes } from '../../detector/rpc/notes.ts';
import type { ChainStatus } from '../../detector/chain-worker.ts';
import { RpcFault } from '../../detector/rpc/fault.ts';
import { systemClock } from '../../src/core/clock.ts';
import { freezeChain, listFreezes } from '../../src/db/chains/freezes.ts';
import { listRpcStatuses, storeRpcStatuses } from '../../src/db/chains/rpc-status.ts';
import { listChainStates, saveWorkerReports } from '../../src/db/chains/status.ts';
import { openDatabase, type Database, type DatabasePool } from '../../src/db/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';

const CHAIN = 'eip155:31337';
const ODD = 'a\0b\u202ec\ud800\nd';
const CLEAN = 'a\ufffdb\ufffdc\ufffd d';

let database: TestDatabase;
let db: DatabasePool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl, 2);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const rpcStatus = (rpc: string): Parameters<typeof storeRpcStatuses>[2][number] => ({
  rpc,
  state: 'down',
  headBlock: undefined,
  problem: ODD,
  sinceMs: 0,
});
const status: ChainStatus = {
  chain: CHAIN,
  state: 'failing',
  headBlock: 1,
  nextBlock: 2,
  roundEndedAtMs: undefined,
  roundMs: undefined,
  push: 'none',
  problem: ODD,
  rpcs: [],
};
/** A database that refuses every statement. */
const broken: Database = {
  raw: async () => Promise.reject(new Error('out of order')),
  transaction: async () => Promise.reject(new Error('out of order')),
};

type Lines = Readonly<Record<string, unknown>>[];
const logTo = (lines: Lines): Parameters<typeof startStatusReport>[0]['log'] => ({
  info: (fields) => lines.push(fields),
  warn: (fields) => lines.push(fields),
  error: (fields) => lines.push(fields),
});

it('S12 what a node writes neither empties the list of RPCs nor leaves a worker without its problem', async () => {
  const at = new Date();
  await storeRpcStatuses(db, CHAIN, [rpcStatus('one'), rpcStatus('two')], at);
  expect((await listRpcStatuses(db)).map(({ rpc, problem }) => [rpc, problem])).toEqual([
    ['one', CLEAN],
    ['two', CLEAN],
  ]);
  const row = { chain: CHAIN, state: 'failing', headBlock: 1, nextBlock: 2, roundEndedAt: null, problem: ODD };
  await saveWorkerReports(db, { holder: 'a worker', rows: [row], at });
  const [state] = await listChainStates(db, [CHAIN]);
  expect(state?.workers).toMatchObject([{ holder: 'a worker', state: 'failing', problem: CLEAN }]);
  await freezeChain(db, { chain: CHAIN, kind: 'operator', reason: `${ODD}${'x'.repeat(2_000)}`, by: 'a test', at });
  const [freeze] = await listFreezes(db, CHAIN);
  expect([freeze?.reason.startsWith(CLEAN), freeze?.reason.length]).toEqual([true, 1_000]);
});

it('S12 a fault carries no character of a node that cannot be stored, and no more than 500', () => {
  expect(new RpcFault('rpc_error', ODD).message).toBe(CLEAN);
  expect(new RpcFault('rpc_error', 'x'.repeat(9_000)).message).toHaveLength(500);
});

it('S12 a status that cannot be stored is logged once, and again after one that could', async () => {
  const lines: Lines = [];
  let delayed: (() => void) | undefined;
  const clock = {
    nowMs: () => 0,
    elapsedMs: () => 0,
    after: (_ms: number, callback: () => void) => {
      delayed = callback;
      return () => undefined;
    },
  };
  let target: Database = broken;
  const passing: Database = {
    raw: async (...args) => target.raw(...args),
    transaction: async (...args) => target.transaction(...args),
  };
  const report = startStatusReport({ db: passing, clock, holder: 'h', log: logTo(lines), status: () => [status] });
  const rounds = async (times: number): Promise<void> => {
    for (let round = 0; round < times; round += 1) {
      await expect.poll(() => delayed !== undefined).toBe(true);
      const next = delayed;
      delayed = undefined;
      next?.();
    }
    await expect.poll(() => delayed !== undefined).toBe(true);
  };
  await rounds(2);
  expect(lines).toEqual([{ event: 'detector.status_not_stored', problem: 'Error: out of order' }]);
  target = db;
  await rounds(1);
  target = broken;
  await rounds(1);
  expect(lines).toHaveLength(2);
  await report.stop();
});

it('S12 the status of RPCs that cannot be stored is logged once', async () => {
  const lines: Lines = [];
  const notes = new RpcNotes({ db: broken, clock: systemClock, chain: CHAIN, log: logTo(lines) });
  const own = { ...rpcStatus('one'), state: 'down' as const };
  await notes.keep([own]);
  await notes.keep([own]);
  expect(lines).toEqual([{ event: 'chain.rpc_status_not_stored', chain: CHAIN, problem: 'Error: out of order' }]);
});
