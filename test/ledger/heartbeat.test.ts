/** Reports of holds' owners, which no head in memory shows: none is lost to a writer that has not read it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { openDatabase } from '../../src/db/database.ts';
import { reportHold } from '../../src/db/ledger/beside/heartbeats.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import type { Outcome } from '../../src/db/ledger/submission.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { addWallet, auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

const USD = 1_000_000n;
const EVERY_MS = 10_000;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: Awaited<ReturnType<typeof connect>>;
let db: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl, 1);
});
afterAll(async () => {
  await db.destroy();
  await client.end();
  await database.drop();
});

/** A wallet of 10.00 of which 8.00 are held; `beforeWrite` runs once, before the next write that follows `arm()`. */
async function openHeld(beforeWrite: (wallet: string, atMs: number) => Promise<void>): Promise<{
  readonly wallet: string;
  readonly hold: number;
  readonly clock: ReturnType<typeof createSteppedClock>;
  readonly ask: (command: Command) => Promise<Outcome>;
  readonly arm: () => void;
  readonly stop: () => Promise<void>;
}> {
  const clock = createSteppedClock();
  const wallet = await addWallet(client, uuidV7(Date.now()));
  let isArmed = false;
  class Watched extends LedgerConnection {
    override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
      if (isArmed) {
        isArmed = false;
        await beforeWrite(wallet, clock.nowMs());
      }
      return super.append(...args);
    }
  }
  const limits = { batchSizeMax: 50, queueLengthMax: 1_000, headsMax: 100 };
  const connection = new Watched(database.appUrl, clock);
  const lane = new LedgerLane({ connection, clock, deadlineMs: 20_000, limits, onTrouble: () => undefined });
  const ask = async (command: Command): Promise<Outcome> =>
    lane.submit({ wallet, command, key: uuidV7(clock.nowMs()), inputHash: inputHash(command.op) });
  await lane.submit(depositOf(wallet, 10n));
  const held = { op: 'hold', service: 'AI_API', amountMicros: 8n * USD, gift: false } as const;
  const { entries } = await ask({ ...held, durationMs: 60_000, heartbeatMs: EVERY_MS });
  const arm = (): void => {
    isArmed = true;
  };
  return { wallet, hold: entries[0]?.seq ?? 0, clock, ask, arm, stop: async () => lane.stop() };
}

const debit: Command = {
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros: 5n * USD,
  contra: 'revenue:AI_API',
  service: 'AI_API',
};
const codeOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

it('a report that comes in while the end of its hold is written keeps the hold, and what was judged is judged again', async () => {
  const world = await openHeld(async (wallet, atMs) => {
    // The owner's process has a clock that is behind: by it, the hold is not overdue.
    await reportHold(db, { wallet, hold: 2, nowMs: atMs - 2_000, dryRun: false });
  });
  world.clock.step(EVERY_MS + 1_000);
  world.arm();
  expect(await codeOf(world.ask(debit))).toBe('CREDIT_INSUFFICIENT');
  expect(await auditWallet(client, world.wallet)).toHaveLength(2);
  world.clock.step(EVERY_MS);
  expect(await codeOf(world.ask(debit))).toBe('accepted');
  await world.stop();
  expect((await verifyLedger(db)).faults).toEqual([]);
});

it('a writer that remembers the wallet sees a report before it ends the hold, and writes once', async () => {
  let writes = 0;
  const world = await openHeld(async () => {
    writes += 1;
    return Promise.resolve();
  });
  const { wallet, hold } = world;
  world.clock.step(EVERY_MS - 1_000);
  expect(await reportHold(db, { wallet, hold, nowMs: world.clock.nowMs(), dryRun: false })).toMatchObject({
    everyMs: EVERY_MS,
  });
  world.clock.step(2_000);
  world.arm();
  expect(await codeOf(world.ask({ ...debit, amountMicros: USD }))).toBe('accepted');
  expect([writes, (await auditWallet(client, wallet)).length]).toEqual([1, 3]);
  expect(await codeOf(world.ask({ op: 'release', hold }))).toBe('accepted');
  await world.stop();
});

it('a command of a hold takes away nothing of what a report by a faster clock gave, before it or while it is written', async () => {
  let aliveUntilMs: number | undefined;
  const report = async (wallet: string, atMs: number): Promise<void> => {
    const reported = await reportHold(db, { wallet, hold: 2, nowMs: atMs + 5_000, dryRun: false });
    aliveUntilMs = reported?.aliveUntilMs;
  };
  const world = await openHeld(report);
  const { wallet, hold } = world;
  const capture: Command = {
    op: 'capture',
    hold,
    amountMicros: USD,
    final: false,
    allowOverrun: false,
    giftCardMaxMicros: 0n,
  };
  const until = async (): Promise<unknown> => {
    const { rows } = await client.query<{ until: Date }>(
      'SELECT expires_at AS until FROM hold_open WHERE wallet = $1',
      [wallet],
    );
    return rows.map((row) => row.until.getTime());
  };
  await report(wallet, world.clock.nowMs());
  await world.ask(capture);
  expect(await until()).toEqual([aliveUntilMs]);
  // The command prolongs the hold too, though by less.
  world.clock.step(6_000);
  world.arm();
  await world.ask(capture);
  expect(await until()).toEqual([aliveUntilMs]);
  expect(aliveUntilMs).toBe(world.clock.nowMs() + 5_000 + EVERY_MS);
  await world.stop();
});

it('a report of a hold that is overdue comes too late, before its end is written and after', async () => {
  const world = await openHeld(async () => Promise.resolve());
  const { wallet, hold } = world;
  world.clock.step(EVERY_MS);
  const report = async (): Promise<unknown> =>
    reportHold(db, { wallet, hold, nowMs: world.clock.nowMs(), dryRun: false });
  expect(await report()).toBeUndefined();
  await world.ask({ op: 'settle' });
  expect(await report()).toBeUndefined();
  await world.stop();
});
