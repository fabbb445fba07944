/** The event that credit will end. */
import { expect, it } from 'vitest';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { PLATFORM_LOG } from '../../src/core/events/kinds.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { openDatabase } from '../../src/db/database.ts';
import { changeSettings } from '../../src/db/access/org-settings.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { announceEnding, listNoticeDays, NOTICE_LOTS_MAX } from '../../src/db/lots/expiry-notices.ts';
import { announceExpiring } from '../../src/jobs/expiry-notices.ts';
import type { EventView } from '../../src/views/event.ts';
import { dateClock, useEventBench } from '../support/events/bench.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';

const DAY_MS = 86_400_000;
const USD = 1_000_000n;
const bench = useEventBench();

/** Noon (UTC) of the day that is so many days ahead of now. */
const noonIn = (days: number): number => Math.floor(Date.now() / DAY_MS) * DAY_MS + days * DAY_MS + DAY_MS / 2;

async function give(wallet: string, usd: bigint, expiresAtMs: number): Promise<void> {
  const command = bookingCommand({ type: 'GRANT', amountMicros: usd * USD, reason: 'a gift', expiresAtMs });
  const asked = { wallet, key: uuidV7(Date.now()), inputHash: inputHash('grant'), command };
  await bench().writer.submit(asked);
}

const fail = (wallet: string, error: unknown): never => {
  throw new Error(wallet, { cause: error });
};

/** Announces as a process does whose clock is so many days ahead. */
async function announce(days: number, processes = 1): Promise<void> {
  const clock = { ...dateClock, nowMs: () => noonIn(days) };
  const run = async (): Promise<void> => announceExpiring({ db: bench().db, clock }, fail);
  await Promise.all(Array.from({ length: processes }, run));
}

async function told(log: string): Promise<unknown[]> {
  await bench().projector.sweep();
  return (await bench().events(log, ['credits.expiring'])).map(({ data }: EventView) => data);
}

it('is there 30, 7 and 1 days ahead, once each, whatever several processes do and how often', async () => {
  const { newOrg, writer } = bench();
  const { org, wallet } = await newOrg();
  await announce(0);
  await writer.submit(depositOf(wallet, 50n));
  await give(wallet, 5n, noonIn(40));
  await announce(9, 3);
  expect(await told(org)).toEqual([]);
  const expiresAt = new Date(noonIn(40)).toISOString();
  const about = { expiresAt, userId: null };
  await announce(10, 3);
  expect(await told(org)).toEqual([{ ...about, amountUsd: '5.00', noticeDays: 30 }]);
  await writer.submit(debitOf(wallet, 2n));
  for (const day of [10, 11, 32, 33, 33, 38, 39, 39, 40, 45]) await announce(day, 2);
  expect(await told(org)).toEqual([
    { ...about, amountUsd: '5.00', noticeDays: 30 },
    { ...about, amountUsd: '3.00', noticeDays: 7 },
    { ...about, amountUsd: '3.00', noticeDays: 1 },
  ]);
});

it('is one for what ends on one day, and none for what is spent', async () => {
  const { newOrg, writer } = bench();
  const [{ org, wallet }, other] = [await newOrg(), await newOrg()];
  for (const [usd, minute] of [
    [1n, 1],
    [2n, 2],
    [3n, 3],
  ] as const)
    await give(wallet, usd, noonIn(100) + minute * 60_000);
  await give(wallet, 7n, noonIn(101));
  await give(other.wallet, 4n, noonIn(100));
  await writer.submit(debitOf(other.wallet, 4n));
  await announce(99);
  const [first, second] = [new Date(noonIn(100) + 60_000).toISOString(), new Date(noonIn(101)).toISOString()];
  const about = (amountUsd: string, expiresAt: string, noticeDays: number): object => {
    return { amountUsd, expiresAt, noticeDays, userId: null };
  };
  expect(new Set(await told(org))).toEqual(
    new Set([
      about('6.00', first, 30),
      about('7.00', second, 30),
      about('6.00', first, 7),
      about('7.00', second, 7),
      about('6.00', first, 1),
    ]),
  );
  expect(await told(org)).toHaveLength(5);
  expect(await told(other.org)).toEqual([]);
});

it('comes when an org wants it, and never to one that wants none', async () => {
  const { newOrg, db } = bench();
  const [early, none] = [await newOrg(), await newOrg()];
  const at = new Date(noonIn(110));
  const set = async (org: string, expiryNoticeDays: readonly number[]): Promise<unknown> =>
    db.transaction(async (trx) => changeSettings(trx, { org, at, change: { expiryNoticeDays } }));
  await set(early.org, [60]);
  await set(none.org, []);
  expect(await listNoticeDays(db, at)).toEqual([60, 30, 7, 1]);
  for (const { wallet } of [early, none]) await give(wallet, 5n, noonIn(180));
  await announce(119);
  expect(await told(early.org)).toEqual([]);
  for (const day of [120, 150, 173, 179]) await announce(day);
  expect(await told(early.org)).toMatchObject([{ noticeDays: 60, amountUsd: '5.00' }]);
  expect(await told(none.org)).toEqual([]);
});

it('is in the log of the platform for a user', async () => {
  const { db } = bench();
  const user = 'auth0|ends';
  await openUserWallet(db, { id: user, at: new Date() });
  await give(walletId({ kind: 'user', id: user }), 2n, noonIn(230));
  await announce(229);
  const about = { userId: user, amountUsd: '2.00', expiresAt: new Date(noonIn(230)).toISOString() };
  expect(new Set(await told(PLATFORM_LOG))).toEqual(
    new Set([30, 7, 1].map((noticeDays) => ({ ...about, noticeDays }))),
  );
});

it('reads each lot once for a number of days, in pages, and goes on where it was', async () => {
  const { newOrg, db, writer } = bench();
  const { org, wallet } = await newOrg();
  await announce(230);
  for (let lot = 0; lot < NOTICE_LOTS_MAX + 5; lot += 1) await give(wallet, 1n, noonIn(300) + lot * 60_000);
  const about = { noticeDays: 1, now: new Date(noonIn(299)), onTrouble: fail };
  const calls: boolean[] = [];
  for (let round = 0; round < 3; round += 1) {
    calls.push(await announceEnding(db, about));
    // What is spent between two pages makes no further event.
    await writer.submit(debitOf(wallet, 1n));
  }
  expect(calls).toEqual([true, false, false]);
  expect(await told(org)).toMatchObject([{ amountUsd: `${NOTICE_LOTS_MAX + 5}.00`, noticeDays: 1 }]);
});

it('delays nobody for a wallet that cannot be read', async () => {
  const { newOrg, db, database } = bench();
  const [broken, fine] = [await newOrg(), await newOrg()];
  for (const { wallet } of [broken, fine]) await give(wallet, 1n, noonIn(400));
  const owner = openDatabase(database.ownerUrl, 1);
  await owner.raw('UPDATE lot_open SET amount_left = 5 WHERE wallet = ?', [broken.wallet]);
  const troubled: string[] = [];
  const onTrouble = (wallet: string): void => void troubled.push(wallet);
  await announceEnding(db, { noticeDays: 1, now: new Date(noonIn(399)), onTrouble });
  await owner.raw('UPDATE lot_open SET amount_left = NULL WHERE wallet = ?', [broken.wallet]);
  await owner.destroy();
  expect(troubled).toEqual([broken.wallet]);
  expect(await told(broken.org)).toEqual([]);
  expect(await told(fine.org)).toMatchObject([{ noticeDays: 1 }]);
});
