/** Calls whose entries an earlier version wrote under a key of another form, also while that version still writes. */
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { callKeys, ledgerKey } from '../../src/core/ids.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { codeOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let writer: LedgerWriter;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
});

afterAll(async () => {
  await writer.stop();
  await client.end();
  await database.drop();
});

const command = bookingCommand({ type: 'ADJUSTMENT', amountMicros: 5_000_000n, reason: 'ticket 7' });
const booking = (wallet: string): Submission => ({
  wallet,
  command,
  inputHash: inputHash('ticket 7'),
  ...callKeys('operator', { text: 'ticket-7' }),
});
/** The same booking as an earlier version submits it. */
const bookingBefore = (wallet: string): Submission => ({
  wallet,
  command,
  inputHash: inputHash('ticket 7'),
  key: ledgerKey('client', 'ticket-7'),
});

async function typesIn(wallet: string): Promise<readonly string[]> {
  return (await auditWallet(client, wallet)).map(({ type }) => type);
}

/** A connection beside which another writer books at one moment, once. */
class BesideConnection extends LedgerConnection {
  at: 'loadWallets' | 'append' | undefined;
  book: () => Promise<unknown> = async () => Promise.resolve();

  override async loadWallets(
    ...args: Parameters<LedgerConnection['loadWallets']>
  ): ReturnType<LedgerConnection['loadWallets']> {
    await this.beside('loadWallets');
    return super.loadWallets(...args);
  }

  override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
    await this.beside('append');
    return super.append(...args);
  }

  private async beside(at: 'loadWallets' | 'append'): Promise<void> {
    if (this.at !== at) return;
    this.at = undefined;
    await this.book();
  }
}

it.each(['loadWallets', 'append'] as const)(
  'S06 a booking that an earlier version writes at the moment of %s is written once',
  async (at) => {
    const wallet = await addWallet(client, `beside ${at}`);
    await writer.submit(depositOf(wallet, 1n));
    const connection = new BesideConnection(database.appUrl, systemClock);
    connection.at = at;
    connection.book = async () => writer.submit(bookingBefore(wallet));
    const limits = { batchSizeMax: 10, queueLengthMax: 10, headsMax: 10 };
    const onTrouble = (): void => undefined;
    const lane = new LedgerLane({ connection, clock: systemClock, deadlineMs: 10_000, limits, onTrouble });
    const { entries, replayed } = await lane.submit(booking(wallet));
    expect([entries[0]?.seq, replayed]).toEqual([2, true]);
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'ADJUSTMENT']);
    await lane.stop();
  },
);

it('S06 a booking of an earlier version that is refused by now is answered, not refused', async () => {
  const wallet = await addWallet(client, 'refused');
  await writer.submit(depositOf(wallet, 5n));
  const payout = bookingCommand({ type: 'WITHDRAWAL', amountMicros: -5_000_000n, reason: 'ticket 7' });
  const stale = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
  await stale.submit(debitOf(wallet, 1n));
  await writer.submit(depositOf(wallet, 1n));
  await writer.submit({ ...bookingBefore(wallet), command: payout });
  const { entries, replayed } = await stale.submit({ ...booking(wallet), command: payout });
  expect([entries[0]?.type, replayed]).toEqual(['WITHDRAWAL', true]);
  await stale.stop();
});

it("S06 a client's entry under a former key is no booking, and a booking is no client's", async () => {
  const wallet = await addWallet(client, 'kinds');
  await writer.submit(depositOf(wallet, 10n));
  await writer.submit({ ...debitOf(wallet, 1n), key: ledgerKey('client', 'ticket-7') });
  expect((await writer.submit(booking(wallet))).replayed).toBe(false);
  await writer.submit({ ...bookingBefore(wallet), key: ledgerKey('client', '"order 8"') });
  const quoted = { ...debitOf(wallet, 1n), ...callKeys('client', { text: 'order 8', quoted: '"order 8"' }) };
  expect((await writer.submit(quoted)).replayed).toBe(false);
  expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL', 'ADJUSTMENT', 'ADJUSTMENT', 'AI_API_CALL']);
});

it('S06 another input under a key of an earlier version is a conflict', async () => {
  const wallet = await addWallet(client, 'conflict');
  await writer.submit(bookingBefore(wallet));
  const other = { ...booking(wallet), inputHash: inputHash('ticket 8') };
  expect(await codeOf(writer.submit(other))).toBe('IDEMPOTENCY_CONFLICT');
  expect(await typesIn(wallet)).toEqual(['ADJUSTMENT']);
});
