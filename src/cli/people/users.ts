/** `coffer users`: shows a user who has a wallet, suspends one, and ends that. */
import type { Command } from 'commander';
import { findUser, suspendUser, type WalletUser } from '../../db/access/users.ts';
import type { Database } from '../../db/database.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { viewOfUser, type UserView } from '../../views/people/user.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { readUser, readWords } from '../options.ts';

interface Options {
  readonly json?: boolean;
}

async function viewOf(db: Database, user: WalletUser): Promise<UserView> {
  return viewOfUser(user, await findStanding(db, user.wallet, new Date()));
}

async function show(id: string, { json }: Options): Promise<void> {
  const user = await withDatabase(async (db) => {
    const found = await findUser(db, id);
    return found && viewOf(db, found);
  });
  if (!user) throw new CliError(`no user ${id} has a wallet`, EXIT.notFound);
  print(user, json);
}

async function suspend(id: string, { reason, json }: Options & { readonly reason?: string }): Promise<void> {
  await change(id, true, reason ?? null, json);
}

async function resume(id: string, { json }: Options): Promise<void> {
  await change(id, false, null, json);
}

async function change(id: string, suspended: boolean, reason: string | null, json?: boolean): Promise<void> {
  const user = await withDatabase(async (db) =>
    viewOf(db, await suspendUser(db, { id, at: new Date(), suspended, reason })),
  );
  print(user, json);
}

function print(user: UserView, json: boolean | undefined): void {
  if (json === true) return printJson(user);
  const { userId, walletId, availableUsd, heldUsd, suspendedAt, suspendedReason } = user;
  printTable(
    ['user', 'wallet', 'available USD', 'held USD', 'suspended', 'reason'],
    [[userId, walletId, availableUsd, heldUsd, suspendedAt, suspendedReason]],
  );
}

/** `coffer users`. */
export function addUsers(program: Command): void {
  const users = program.command('users').description('users with wallets of their own');

  users
    .command('show')
    .description('show a user and their balance')
    .argument('<id>', 'their id in the sign-in', readUser)
    .option('--json', 'print JSON')
    .action(show);

  users
    .command('suspend')
    .description('let a user start no new spending; takes effect within 5 seconds')
    .argument('<id>', 'their id in the sign-in', readUser)
    .option('--reason <text>', 'why', readWords)
    .option('--json', 'print JSON')
    .action(suspend);

  users
    .command('resume')
    .description('end the suspension of a user')
    .argument('<id>', 'their id in the sign-in', readUser)
    .option('--json', 'print JSON')
    .action(resume);
}
