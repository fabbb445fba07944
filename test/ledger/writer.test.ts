import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/errors.ts';
import { ledgerKey } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { openLedgerWriter, type LedgerWriter, type WriterOptions } from '../../src/db/ledger/writer.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
const writers: LedgerWriter[] = [];

function writer(options: Partial<WriterOptions> = {}): LedgerWriter {
  const opened = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000, ...options });
  writers.push(opened);
  return opened;
}

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
});

afterEach(async () => {
  await Promise.all(writers.splice(0).map(async (one) => one.stop()));
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the ledger writer', () => {
  it('A25 lets exactly ten of a hundred parallel debits of one through on a balance of ten, from two writers', async () => {
    const wallet = await addWallet(client, 'ten');
    const [first, second] = [writer(), writer()];
    await first.submit(depositOf(wallet, 10n));
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => codeOf((index % 2 ? first : second).submit(debitOf(wallet, 1n)))),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'CREDIT_INSUFFICIENT')).toHaveLength(90);
    const entries = await auditWallet(client, wallet);
    expect(entries).toHaveLength(11);
    expect(entries.at(-1)?.available).toBe(0n);
  });

  it('answers the first outcome again for the same key, and 409 when it asks for something else', async () => {
    const wallet = await addWallet(client, 'again');
    const first = writer();
    await first.submit(depositOf(wallet, 10n));
    for (const key of [undefined, ledgerKey('client', 'order-1')]) {
      const asked = debitOf(wallet, 1n, key);
      const outcome = await first.submit(asked);
      expect(outcome.replayed).toBe(false);
      for (const other of [first, writer()]) {
        expect(await other.submit(asked)).toEqual({ entries: outcome.entries, replayed: true });
        expect(await codeOf(other.submit({ ...asked, inputHash: inputHash('other') }))).toBe('IDEMPOTENCY_CONFLICT');
      }
    }
    expect(await auditWallet(client, wallet)).toHaveLength(3);
  });

  it('settles what another writer left open, though it remembers the wallet as it was before', async () => {
    const wallet = await addWallet(client, 'swept');
    const clock = createSteppedClock(Date.now());
    const [first, second] = [writer({ clock }), writer({ clock })];
    await first.submit(depositOf(wallet, 10n));
    const hold = { op: 'hold', service: 'AI_API', amountMicros: 1n, gift: false, durationMs: 1_000 } as const;
    await second.submit({ ...debitOf(wallet, 1n), command: hold });
    clock.step(2_000);
    const settled = await first.submit({ ...debitOf(wallet, 1n), command: { op: 'settle' } });
    expect(settled).toEqual({ entries: [], replayed: false });
    expect((await auditWallet(client, wallet)).map(({ type }) => type)).toEqual(['DEPOSIT', 'HOLD', 'HOLD_RELEASE']);
  });

  it('A29 writes one entry for identical requests at the same instant, whoever takes them', async () => {
    const wallet = await addWallet(client, 'twins');
    const [first, second] = [writer(), writer()];
    await first.submit(depositOf(wallet, 10n));
    const asked = debitOf(wallet, 1n);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => (index % 2 ? first : second).submit(asked)),
    );
    expect(new Set(outcomes.map(({ entries }) => entries[0]?.seq))).toEqual(new Set([2]));
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await auditWallet(client, wallet)).toHaveLength(2);
  });

  it('sees what another writer topped up before it refuses', async () => {
    const wallet = await addWallet(client, 'stale');
    const [first, second] = [writer(), writer()];
    expect(await codeOf(first.submit(debitOf(wallet, 1n)))).toBe('CREDIT_INSUFFICIENT');
    await second.submit(depositOf(wallet, 5n));
    expect(await codeOf(first.submit(debitOf(wallet, 1n)))).toBe('accepted');
  });

  it('lets a refused request try again under its key', async () => {
    const wallet = await addWallet(client, 'retry');
    const first = writer();
    const asked = debitOf(wallet, 3n);
    expect(await codeOf(first.submit(asked))).toBe('CREDIT_INSUFFICIENT');
    await first.submit(depositOf(wallet, 5n));
    expect((await first.submit(asked)).replayed).toBe(false);
  });

  it('answers the first outcome for a key used elsewhere, even where the command would be refused by now', async () => {
    const [wallet, other] = [await addWallet(client, 'spent'), await addWallet(client, 'not spent')];
    const [first, second, third] = [writer(), writer({ lanes: 1 }), writer({ lanes: 1 })];
    // A writer that has just connected looks every key up.
    for (const one of [second, third]) await one.submit(depositOf(other, 1n));
    await first.submit(depositOf(wallet, 10n));
    const asked = debitOf(wallet, 10n);
    const { entries } = await first.submit(asked);
    expect(await second.submit(asked)).toEqual({ entries, replayed: true });
    expect(await codeOf(third.submit({ ...asked, inputHash: inputHash('other') }))).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('knows every wallet of a batch, though it remembers few', async () => {
    const small = writer({ limits: { headsMax: 1, batchSizeMax: 2 }, lanes: 1 });
    const wallets: string[] = [];
    for (let n = 0; n < 6; n += 1) wallets.push(await addWallet(client, `few ${n}`));
    const [first = '', other = '', , , last = '', unknown = ''] = wallets;
    await writer().submit(depositOf(unknown, 10n));
    // Five are remembered, the first of them the longest; then it comes in one batch with one that has to be read.
    for (const wallet of wallets.slice(0, 5)) await small.submit(depositOf(wallet, 10n));
    const busy = small.submit(debitOf(last, 1n));
    const outcomes = [codeOf(small.submit(debitOf(first, 1n))), codeOf(small.submit(debitOf(unknown, 1n)))];
    expect(await Promise.all([codeOf(busy), ...outcomes])).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await codeOf(small.submit(debitOf(other, 1n)))).toBe('accepted');
    expect((await auditWallet(client, first)).at(-1)?.available).toBe(9_000_000n);
  });

  it('refuses a wallet that does not exist', async () => {
    const missing = debitOf('00000000-0000-5000-8000-00000000dead', 1n);
    expect(await codeOf(writer().submit(missing))).toBe('NOT_FOUND');
  });

  it('loses and doubles nothing while its connections are killed again and again', async () => {
    const wallet = await addWallet(client, 'killed');
    const [first, second] = [writer(), writer()];
    await first.submit(depositOf(wallet, 1_000n));
    // PostgreSQL lets a role end connections of its own.
    const app = await connect(database.appUrl);
    const killing = { on: true };
    const killer = (async () => {
      for (let rounds = 0; killing.on && rounds < 200; rounds += 1) {
        await app.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'coffer ledger writer' AND datname = current_database() AND random() < 0.5`,
        );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const callers = Array.from({ length: 8 }, async (_, caller) => {
      const seqs: number[] = [];
      for (let n = 0; n < 60; n += 1) {
        const { entries } = await (caller % 2 ? first : second).submit(debitOf(wallet, 1n));
        seqs.push(entries[0]?.seq ?? 0);
      }
      return seqs;
    });
    const answered = (await Promise.all(callers)).flat();
    killing.on = false;
    await killer;
    await app.end();
    const entries = await auditWallet(client, wallet);
    expect(new Set(answered).size).toBe(480);
    expect(entries).toHaveLength(481);
    expect(entries.at(-1)?.available).toBe(520_000_000n);
  });

  it('answers LEDGER_UNAVAILABLE within the deadline while the database is away, and works again afterwards', async () => {
    const wallet = await addWallet(client, 'away');
    const away = writer({ url: 'postgres://nobody@127.0.0.1:1/none', deadlineMs: 200 });
    expect(await codeOf(away.submit(debitOf(wallet, 1n)))).toBe('LEDGER_UNAVAILABLE');
    expect(away.status().ready).toBe(false);
  });
});

describe('a wallet whose tables contradict each other', () => {
  it('is refused at once, and holds up no other', async () => {
    const [broken, sound] = [await addWallet(client, 'broken'), await addWallet(client, 'sound')];
    const first = writer();
    await Promise.all([first.submit(depositOf(broken, 5n)), first.submit(depositOf(sound, 5n))]);
    // More in a lot than the wallet has.
    await client.query(
      `INSERT INTO lot SELECT wallet, 99, source, amount, priority, promotional, refundable, transferable,
      expires_at, opened_at FROM lot WHERE wallet = $1`,
      [broken],
    );
    await client.query('INSERT INTO lot_open (wallet, lot, amount_left) VALUES ($1, 99, 9000000)', [broken]);
    // Until its deadline it would be tried again: one beyond that of this test.
    const second = writer({ deadlineMs: 120_000 });
    const outcomes = await Promise.all(
      [broken, sound, broken, sound].map(async (wallet) => codeOf(second.submit(debitOf(wallet, 1n)))),
    );
    expect(outcomes).toEqual(['LEDGER_UNAVAILABLE', 'accepted', 'LEDGER_UNAVAILABLE', 'accepted']);
  });
});

it('a command that the database refuses leaves nothing behind that the next one is judged on', async () => {
  await client.query(`
    CREATE FUNCTION refuse_seven() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE numeric_value_out_of_range; END $$;
    CREATE TRIGGER refuse_seven BEFORE INSERT ON entry FOR EACH ROW WHEN (NEW.available_delta = -7000000)
      EXECUTE FUNCTION refuse_seven()`);
  const wallet = await addWallet(client, 'seven');
  const first = writer();
  await first.submit(depositOf(wallet, 10n));
  expect(await codeOf(first.submit(debitOf(wallet, 7n)))).toBe('LEDGER_UNAVAILABLE');
  expect((await first.submit(debitOf(wallet, 1n))).entries).toMatchObject([{ seq: 2, available: 9_000_000n }]);
  expect(await auditWallet(client, wallet)).toHaveLength(2);
});

describe('the entry table', () => {
  it('refuses update, delete and truncate, even from its owner', async () => {
    const wallet = await addWallet(client, 'immutable');
    await writer().submit(depositOf(wallet, 1n));
    for (const statement of [
      'UPDATE entry SET available = 0',
      'DELETE FROM entry',
      'TRUNCATE entry',
      'UPDATE lot SET priority = 0',
      'DELETE FROM lot',
    ]) {
      await expect(client.query(statement)).rejects.toThrow(/append-only/);
    }
    const app = await connect(database.appUrl);
    for (const statement of ['UPDATE entry SET available = 0', 'DELETE FROM entry', 'TRUNCATE entry']) {
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    }
    await app.end();
  });

  it('refuses a balance below zero from a debit, whoever writes it', async () => {
    const wallet = await addWallet(client, 'below');
    await writer().submit(depositOf(wallet, 1n));
    const below = client.query(
      `INSERT INTO entry SELECT wallet, seq + 1, at, -2000000, 0, -1000000, 0, deposited, NULL, NULL, NULL,
         gen_random_uuid(), 0, 0, 0, 'AI_API_CALL', 'AI_API', 0, 'revenue:AI_API', input_hash, NULL, NULL, NULL, NULL, NULL, hash
       FROM entry WHERE wallet = $1`,
      [wallet],
    );
    await expect(below).rejects.toThrow(/check constraint/);
  });
});
