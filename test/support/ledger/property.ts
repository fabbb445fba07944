import fc from 'fast-check';
import { openDatabase } from '../../../src/db/database.ts';
import { verifyLedger, type Verification } from '../../../src/db/ledger/verify.ts';
import { createTestDatabase } from '../process/database.ts';
import { FUNDING, STEPS } from './steps.ts';
import { LedgerWorld } from './world.ts';
import { connect } from './wallets.ts';

/**
 * Plays generated steps in random order, each run on a wallet of its own, and proves the whole ledger at the end. A
 * failure shows the seed and the shortest steps that fail.
 */
export async function playLedger(runs: number, stepsMax: number, seed?: number): Promise<Verification> {
  const database = await createTestDatabase();
  const client = await connect(database.ownerUrl);
  const db = openDatabase(database.appUrl, 1);
  try {
    await fc.assert(
      fc.asyncProperty(fc.commands(STEPS, { maxCommands: stepsMax, size: 'max' }), async (steps) => {
        const world = await LedgerWorld.create({ client, db }, database.appUrl);
        try {
          await world.carryOut([FUNDING(world)]);
          await fc.asyncModelRun(() => ({ model: world.model, real: world }), steps);
        } finally {
          await world.stop();
        }
      }),
      { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
    );
    return await verifyLedger(db);
  } finally {
    await db.destroy();
    await client.end();
    await database.drop();
  }
}
