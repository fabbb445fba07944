/** A writer that loses to another one again and again is let through. */
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

const DEPOSITS = 10;
/** Debits that may be written while one deposit waits; without the defence it waits for hundreds. */
const DEBITS_MEANWHILE_MAX = 40;
/** Debits take so long to commit, as with a synchronous standby or a slow disk. */
const COMMIT_MS = 40;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
const closing: (() => Promise<unknown>)[] = [];
const troubles: { readonly message: string; readonly passing: boolean | undefined }[] = [];

function openWriter(): LedgerWriter {
  const onTrouble = (message: string, _: unknown, passing?: boolean): void => {
    troubles.push({ message, passing });
  };
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000, onTrouble });
  closing.push(async () => writer.stop());
  return writer;
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  await client.query(`
    CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(${COMMIT_MS / 1_000}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.type = 'AI_API_CALL' AND NEW.available % 5000000 = 0) EXECUTE FUNCTION slow_commit()`);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('S01 the deposits of a hot wallet', () => {
  it('are written soon, though another process debits it all the time with commits that take long', async () => {
    const wallet = await addWallet(client, 'hot');
    const [busy, detector] = [openWriter(), openWriter()];
    await busy.submit(depositOf(wallet, 1_000_000n));
    const state = { stopped: false, debits: 0 };
    const spend = async (): Promise<void> => {
      while (!state.stopped) {
        await busy.submit(debitOf(wallet, 5n));
        state.debits += 1;
      }
    };
    const spending = Promise.all([spend(), spend()]);
    const debitsMeanwhile: number[] = [];
    while (debitsMeanwhile.length < DEPOSITS || state.debits <= DEPOSITS) {
      const before = state.debits;
      await detector.submit(depositOf(wallet, 5n));
      debitsMeanwhile.push(state.debits - before);
    }
    state.stopped = true;
    await spending;
    expect(debitsMeanwhile.filter((debits) => debits > DEBITS_MEANWHILE_MAX)).toEqual([]);
    expect(troubles.filter(({ passing }) => passing !== true)).toEqual([]);
    expect(await auditWallet(client, wallet)).toHaveLength(1 + debitsMeanwhile.length + state.debits);
    const db = openDatabase(database.appUrl, 1);
    expect((await verifyLedger(db)).faults).toEqual([]);
    await db.destroy();
  }, 60_000);

  it('a lock that stays does not stop the wallet', async () => {
    const wallet = await addWallet(client, 'locked');
    const busy = openWriter();
    await busy.submit(depositOf(wallet, 1_000n));
    await client.query('BEGIN');
    await client.query('SELECT FROM wallet WHERE id = $1 FOR NO KEY UPDATE', [wallet]);
    for (let n = 0; n < 20; n += 1) await busy.submit(debitOf(wallet, 5n));
    await client.query('ROLLBACK');
    expect(await auditWallet(client, wallet)).toHaveLength(21);
  }, 60_000);
});
