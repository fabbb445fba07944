/**
 * A process that runs rounds of auto-refill until it is killed. It prints `round` after each.
 * Arguments: the database's URL, the fake Stripe's URL, a secret key of the platform's account.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src/core/clock.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { openLedgerWriter } from '../../../src/db/ledger/writer.ts';
import { openCashier } from '../../../src/payments/cashier.ts';
import { refillRound } from '../../../src/payments/refill.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { openStripeAccount } from '../../../src/payments/stripe/account.ts';

const PAUSE_MS = 20;
const [url = '', apiUrl = '', secretKey = ''] = process.argv.slice(2);

const db = openDatabase(url);
const clock = systemClock;
const writer = openLedgerWriter({ url, clock, deadlineMs: 10_000 });
const account = openStripeAccount({ name: 'stripe', secretKey, clock, apiUrl });
const writing = { db, writer, clock };
const quiet = (): void => undefined;
const accounts = { find: async () => Promise.resolve(account), note: async () => Promise.resolve() };
const limits = { checkoutsPerHour: 100, openOrders: 100, failedPerDay: 100 };

for (;;) {
  await refillRound({
    ...writing,
    log: { info: quiet, warn: quiet, error: quiet },
    accounts,
    settle: openSettle(writing),
    mode: 'test',
    findProduct: async () => Promise.resolve(undefined),
    cashier: openCashier({ ...writing, accounts, mode: 'test', limits }),
    billingUrl: 'https://coffer.example/configure/billing',
  });
  process.stdout.write('round\n');
  await sleep(PAUSE_MS);
}
