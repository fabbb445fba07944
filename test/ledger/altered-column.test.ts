/** A migration that changes the type of a column, while a writer is connected that has read it before. */
import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { addWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

test('the writer goes on with wallets that it knows and with others', async () => {
  const database = await createTestDatabase();
  const owner = await connect(database.ownerUrl);
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 5_000 });
  const [known, other] = [await addWallet(owner, 'known'), await addWallet(owner, 'other')];
  await writer.submit(depositOf(known, 10n));
  await owner.query('ALTER TABLE entry ALTER COLUMN service TYPE varchar(41)');
  expect((await writer.submit(depositOf(other, 10n))).entries).toHaveLength(1);
  expect((await writer.submit(debitOf(known, 1n))).entries).toHaveLength(1);
  await writer.stop();
  await owner.end();
  await database.drop();
});
