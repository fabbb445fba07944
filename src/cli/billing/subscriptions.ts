/** `coffer subscriptions`: what users subscribe to, and what an operator changes for one of them at the provider. */
import type { Command } from 'commander';
import type { Interval } from '../../core/billing/order.ts';
import { systemClock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { DeskRequest, SubscriptionDesk } from '../../core/subscriptions/desk.ts';
import type { SubscriptionState } from '../../core/subscriptions/state.ts';
import { findUser, type WalletUser } from '../../db/access/users.ts';
import type { Database } from '../../db/database.ts';
import { openLedgerWriter } from '../../db/ledger/writer.ts';
import { listOwned, type OwnedSubscription } from '../../db/subscriptions/shown.ts';
import { findSubscriptionOf } from '../../db/subscriptions/subscriptions.ts';
import { openSettle } from '../../payments/settle.ts';
import { openSubscriptionDesk } from '../../payments/subscriptions/desk.ts';
import { viewOfOwned, type OwnedSubscriptionView } from '../../views/people/subscription.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { readLimit, readUser } from '../options.ts';
import { openPlatformAccounts } from './accounts.ts';
import { readInterval, readPlanId, readSubscriptionState } from './subscription-options.ts';

const LIST_DEFAULT = 100;
const LEDGER_DEADLINE_MS = 10_000;

interface Json {
  readonly json?: boolean;
}

async function list({
  user,
  state,
  limit,
  json,
}: Json & {
  readonly user?: string;
  readonly state?: SubscriptionState;
  readonly limit: number;
}): Promise<void> {
  const found = await withDatabase(async (db) => {
    const org = user === undefined ? undefined : (await getUser(db, user)).wallet;
    return listOwned(db, { org, state, limit });
  });
  const subscriptions = found.map(viewOfOwned);
  if (json === true) return printJson({ subscriptions });
  print(subscriptions);
}

async function show(user: string, { json }: Json): Promise<void> {
  const view = await withDatabase(async (db) => viewOfOwned(await getOwned(db, await getUser(db, user))));
  if (json === true) return printJson(view);
  print([view]);
}

/** Has the desk do something for a user, and prints what their subscription is after it. */
async function act(
  id: string,
  { json }: Json,
  work: (desk: SubscriptionDesk, request: DeskRequest) => Promise<unknown>,
): Promise<void> {
  const view = await withDatabase(async (db, config, site) => {
    const user = await getUser(db, id);
    const accounts = openPlatformAccounts(db, config);
    const writer = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
    const means = { db, clock: systemClock, writer, accounts, mode: config.payments.mode };
    try {
      const desk = openSubscriptionDesk({ ...means, settle: openSettle(means) });
      await work(desk, { payer: user.wallet, key: uuidV7(Date.now()) });
      const owned = await findOwned(db, user);
      return owned && viewOfOwned(owned);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new CliError(error.message, error.code === 'NOT_FOUND' ? EXIT.notFound : EXIT.failed);
    } finally {
      await writer.stop();
    }
  });
  // Where there is none, a checkout at which one could have begun was closed.
  if (json === true) return printJson(view ?? null);
  print(view === undefined ? [] : [view]);
}

async function getUser(db: Database, id: string): Promise<WalletUser> {
  const user = await findUser(db, id);
  if (user) return user;
  throw new CliError(`no user ${id} has a wallet`, EXIT.notFound);
}

async function findOwned(db: Database, { wallet }: WalletUser): Promise<OwnedSubscription | undefined> {
  const found = await findSubscriptionOf(db, wallet);
  return found && (await listOwned(db, { org: wallet, id: found.id, limit: 1 }))[0];
}

async function getOwned(db: Database, user: WalletUser): Promise<OwnedSubscription> {
  const owned = await findOwned(db, user);
  if (owned) return owned;
  throw new CliError(`the user ${user.id} has no subscription`, EXIT.notFound);
}

function print(subscriptions: readonly OwnedSubscriptionView[]): void {
  printTable(
    ['id', 'user', 'channel', 'state', 'plan', 'interval', 'period ends', 'next plan'],
    subscriptions.map((one) => [
      one.id,
      one.user_id,
      one.channel,
      one.state,
      one.plan_id,
      one.interval,
      one.period_end,
      one.next?.plan_id ?? null,
    ]),
  );
}

/** `coffer subscriptions`. */
export function addSubscriptions(program: Command): void {
  const subscriptions = program
    .command('subscriptions')
    .description('what users subscribe to: list, show, change, end');

  subscriptions
    .command('list')
    .description('list subscriptions, newest first')
    .option('--user <id>', 'of this user only', readUser)
    .option('--state <state>', 'only those in this state', readSubscriptionState)
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);

  subscriptions
    .command('show')
    .description('show the subscription of a user')
    .argument('<user>', 'their id in the sign-in', readUser)
    .option('--json', 'print JSON')
    .action(show);

  subscriptions
    .command('change')
    .description('change the plan: an upgrade now at its full price, anything else from the next period on')
    .argument('<user>', 'their id in the sign-in', readUser)
    .argument('<plan>', 'the id of the plan', readPlanId)
    .option('--interval <interval>', 'month or year; left out: as it is', readInterval)
    .option('--json', 'print JSON')
    .action(async (user: string, plan: string, { interval, json }: Json & { readonly interval?: Interval }) =>
      act(user, json === true ? { json } : {}, async (desk, request) => desk.change({ ...request, plan, interval })),
    );

  subscriptions
    .command('cancel')
    .description('end it with its period, or at once where nothing is paid; close a checkout that is not paid')
    .argument('<user>', 'their id in the sign-in', readUser)
    .option('--json', 'print JSON')
    .action(async (user: string, options: Json) => act(user, options, async (desk, request) => desk.cancel(request)));

  subscriptions
    .command('resume')
    .description('take a cancellation back, or let a paused subscription go on')
    .argument('<user>', 'their id in the sign-in', readUser)
    .option('--json', 'print JSON')
    .action(async (user: string, options: Json) => act(user, options, async (desk, request) => desk.resume(request)));
}
