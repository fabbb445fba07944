/** `coffer rails`: where money comes from beside chains, whether providers hold what is due, and the release of a rail. */
import type { Command } from 'commander';
import { findRailAccount, readRails, releaseRail, RAILS_SHOWN_MAX } from '../../db/billing/rails.ts';
import { viewOfRails, type RailView } from '../../views/rail.ts';
import { CliError, confirm, EXIT, operatorHere, printJson, printTable, withDatabase } from '../context.ts';
import { readWords } from '../options.ts';

interface Json {
  readonly json?: boolean;
}

async function list({ json }: Json): Promise<void> {
  const rails = await withDatabase(async (db) => viewOfRails(await readRails(db), Date.now()));
  if (json === true) return printJson({ rails });
  printRails(rails);
}

/** Prints rails as a table, and below it what is frozen or could not be compared. */
export function printRails(rails: readonly RailView[]): void {
  printTable(
    [
      'rail',
      'status',
      'credited',
      'tax',
      "seller's",
      'parked',
      'due',
      'at the provider',
      'difference',
      'fees',
      'compared',
    ],
    rails.map((one) => [
      one.rail,
      one.frozen ? `${one.status ?? 'shown only'}, frozen` : (one.status ?? 'shown only'),
      one.creditedUsd,
      one.taxUsd,
      one.sellerUsd,
      one.parkedUsd,
      one.dueUsd,
      one.gotUsd,
      one.deltaUsd,
      one.fees.map(({ currency, amountMinor }) => `${amountMinor} ${currency}`).join(', '),
      one.checkedAt,
    ]),
  );
  for (const { rail, frozenAt, reason, problem } of rails) {
    if (frozenAt !== null) console.log(`${rail}: frozen since ${frozenAt}: ${reason ?? ''}`);
    if (problem !== null) console.log(`${rail}: ${problem}`);
  }
}

async function release(
  rail: string,
  { json, yes, reason = null }: Json & { readonly yes?: boolean; readonly reason?: string | null },
): Promise<void> {
  if (yes !== true) {
    await confirm(`Release ${rail}? The shortage that was found is accepted, and payments that wait are credited.`);
  }
  const ended = await withDatabase(async (db) => {
    const account = await findRailAccount(db, rail);
    if (account === undefined) throw new CliError(`there is no rail ${rail}: coffer rails list`, EXIT.notFound);
    return releaseRail(db, { account, by: operatorHere(), reason, at: new Date() });
  });
  if (json === true) return printJson({ rail, released: ended ? { reason: ended.reason } : null });
  console.log(
    ended === undefined ? `${rail} was not frozen` : `${rail} is released: the running service credits what waits`,
  );
}

/** `coffer rails`. */
export function addRails(program: Command): void {
  const rails = program
    .command('rails')
    .description('where money comes from beside chains, and whether providers hold what is due');

  rails
    .command('list')
    .description(`list rails with their last comparison, frozen ones first, up to ${RAILS_SHOWN_MAX}`)
    .option('--json', 'print JSON')
    .action(list);

  rails
    .command('release')
    .description('end the freeze of a rail; payments that wait are credited')
    .argument('<rail>', 'its contra account, such as assets:stripe')
    .option('--reason <words>', 'why; it is stored', readWords)
    .option('--yes', 'do not ask for confirmation')
    .option('--json', 'print JSON')
    .action(release);
}
