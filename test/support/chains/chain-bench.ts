/**
 * A development chain, a database and a detector for scenarios; the files of the chain families run them on their nodes.
 * The nodes mine a block with each transaction, and otherwise only when a test asks: no test waits for a timer, or
 * races one.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DetectorOptions } from '../../../detector/service.ts';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import type { ChainConfig } from '../../../src/config/file.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { createTestDatabase } from '../process/database.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { configOf, eventually, listAllDeposits, runDetector, verifyHashChains, type DepositRow } from './bench.ts';

export const USD = 1_000_000n;
const FUNDED_ACCOUNTS = 24;
const SCENARIO_TIMEOUT_MS = 120_000;

/** What a scenario works with. */
export interface Bench {
  readonly chain: DevChain;
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  /** Writes an address in its other common form. */
  readonly otherForm: (address: string) => string;
  /** An account that no other test uses, with USDC. */
  readonly takeAccount: () => string;
  readonly depositsOf: (txHash: string) => Promise<DepositRow[]>;
  /** Mines until the transaction has at least one deposit and all of them are in that state. */
  readonly reaches: (txHash: string, state: string) => Promise<DepositRow[]>;
  /** Runs `work` while a detector runs. */
  readonly detecting: (
    work: (run: ReturnType<typeof runDetector>) => Promise<void>,
    change?: Partial<ChainConfig>,
    timing?: Pick<DetectorOptions, 'pollMs' | 'pushedPollMs'>,
  ) => Promise<void>;
}

function benchOf(given: Pick<Bench, 'chain' | 'database' | 'db' | 'otherForm'>): Bench {
  const { chain, database, db } = given;
  const unused = [...chain.accounts];
  const depositsOf = async (txHash: string): Promise<DepositRow[]> =>
    (await listAllDeposits(db, chain.caip2)).filter((row) => row.tx_hash === txHash);
  return {
    ...given,
    depositsOf,
    takeAccount: () => {
      const account = unused.shift();
      if (account === undefined) throw new Error('this chain has too few accounts for the suite');
      return account;
    },
    reaches: async (txHash, state) =>
      eventually(
        async () => {
          await chain.mine();
          return depositsOf(txHash);
        },
        (rows) => rows.length > 0 && rows.every((row) => row.state === state),
      ),
    detecting: async (work, change = {}, timing = {}) => {
      const run = runDetector({ chains: [configOf(chain, change)], databaseUrl: database.appUrl, ...timing });
      try {
        await work(run);
      } finally {
        await run.detector.stop();
      }
    },
  };
}

export type Scenario = readonly [string, (bench: Bench) => Promise<void>];

/**
 * Runs scenarios on one chain, started once for all of them.
 * @param otherForm writes an address in its other common form.
 * @param entriesMin how many entries there are at least at the end; their hash chains are verified.
 */
export function describeScenarios(
  name: string,
  open: () => Promise<{ chain: DevChain; stop: () => Promise<void> }>,
  {
    scenarios,
    otherForm,
    entriesMin,
  }: {
    readonly scenarios: readonly Scenario[];
    readonly otherForm: (address: string) => string;
    readonly entriesMin: number;
  },
): void {
  describe(`the detector on ${name}`, () => {
    let bench: Bench | undefined;
    let stopChain = async (): Promise<void> => Promise.resolve();
    const getBench = (): Bench => {
      if (!bench) throw new Error('the chain did not start');
      return bench;
    };
    beforeAll(async () => {
      const database = await createTestDatabase();
      const { chain, stop } = await open();
      stopChain = stop;
      bench = benchOf({ chain, database, otherForm, db: openDatabase(database.appUrl) });
      const funded = chain.accounts.slice(0, FUNDED_ACCOUNTS);
      await Promise.all(funded.map(async (account) => chain.faucet(account, 1_000n * USD)));
    }, 180_000);
    afterAll(async () => {
      await bench?.db.destroy();
      await stopChain();
      await bench?.database.drop();
    });

    test.each(scenarios)('%s', { timeout: SCENARIO_TIMEOUT_MS }, async (_, scenario) => {
      await expect(scenario(getBench())).resolves.toBeUndefined();
    });

    test('afterwards every hash chain verifies', async () => {
      expect(await verifyHashChains(getBench().db)).toBeGreaterThanOrEqual(entriesMin);
    });
  });
}
