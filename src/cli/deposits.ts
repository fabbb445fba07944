/** `coffer deposits`: lists deposits, and assigns, ignores or notes one by hand. */
import type { Command } from 'commander';
import { tokenBook } from '../core/chains/token-book.ts';
import { wordsOf } from '../core/deposits/explain.ts';
import { DEPOSIT_STATES } from '../core/deposits/states.ts';
import { Refusal } from '../core/errors.ts';
import { isUuid, uuidV7 } from '../core/ids.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { assignByHand, ignoreByHand, noteByHand, type ActRequest } from '../db/deposits/acts.ts';
import { findInboxDeposit, listActs, listInbox } from '../db/deposits/inbox.ts';
import { listObservations } from '../db/deposits/observations.ts';
import { listVotes } from '../db/deposits/votes.ts';
import { viewOfDeposit, viewOfTrace, type InboxView, type TracedView } from '../views/deposit.ts';
import { CliError, EXIT, operatorHere, printJson, printTable, withDatabase } from './context.ts';
import { readDepositState, readName, readOrgId, readWords } from './options.ts';

const LIST_MAX = 1_000;
/** Most observations of one transaction that are shown. */
const OBSERVATIONS_MAX = 500;

interface ListOptions {
  readonly state?: string;
  readonly reason?: string;
  readonly chain?: string;
  readonly json?: boolean;
}

async function getView(db: Database, config: Config, id: string): Promise<InboxView> {
  const deposit = isUuid(id) ? await findInboxDeposit(db, id) : undefined;
  if (!deposit) throw new CliError(`there is no deposit ${id}`, EXIT.notFound);
  const acts = await listActs(db, [id]);
  return viewOfDeposit(deposit, acts.get(id) ?? [], tokenBook(config.chains));
}

/** The deposit with what was read of it, and by which RPC. */
async function getTraced(db: Database, config: Config, id: string): Promise<TracedView> {
  const view = await getView(db, config, id);
  const { chain, txHash } = view;
  const observations = await listObservations(db, { chain, txHash, limit: OBSERVATIONS_MAX });
  return viewOfTrace(view, observations, await listVotes(db, { chain, txHash }));
}

/** The amount for people: in USD, or in base units of a token that is not a dollar. */
function amountOf({ amountUsd, amountUnits, symbol }: InboxView): string {
  return amountUsd === null ? `${amountUnits} units of ${symbol ?? 'an unknown token'}` : `${amountUsd} USD`;
}

function printOne(view: InboxView): void {
  const { id, state, reason, chain, txHash, ordinal, fromAddress, toAddress, blockNumber, org, assignment, acts } =
    view;
  console.log(`${id}  ${state}${reason === null ? '' : `: ${reason}`}`);
  if (reason !== null) console.log(`  ${wordsOf(reason)}`);
  console.log(`  ${amountOf(view)} on ${chain}, transfer ${ordinal} of ${txHash}, block ${blockNumber}`);
  console.log(`  from ${fromAddress}\n  to   ${toAddress}`);
  console.log(`  org ${org ?? 'none'}, entry ${view.entryId ?? 'none'}, seen ${view.observedAt}`);
  if (assignment) {
    console.log(`  given to ${assignment.org} by ${assignment.by} of ${assignment.actor} at ${assignment.at}`);
  }
  for (const { at, action, actor, words } of acts) console.log(`  ${at}  ${actor}  ${action}: ${words}`);
}

function printTrace({ observations, votes }: TracedView): void {
  for (const { blockNumber, blockHash, observedAt, orphanedAt } of observations) {
    const left = orphanedAt === null ? '' : `, left the chain ${orphanedAt}`;
    console.log(`  read in block ${blockNumber} ${blockHash} at ${observedAt}${left}`);
  }
  for (const { rpc, vote, detail, at } of votes) console.log(`  ${at}  ${rpc}  ${vote}: ${detail}`);
}

async function list({ state, reason, chain, json }: ListOptions): Promise<void> {
  const views = await withDatabase(async (db, config) => {
    const rows = await listInbox(db, { state, reason, chain, limit: LIST_MAX });
    const acts = await listActs(
      db,
      rows.map(({ id }) => id),
    );
    const book = tokenBook(config.chains);
    return rows.map((row) => viewOfDeposit(row, acts.get(row.id) ?? [], book));
  });
  if (json === true) return printJson({ deposits: views });
  printTable(
    ['id', 'state', 'reason', 'amount', 'chain', 'from', 'org', 'seen'],
    views.map((view) => [
      view.id,
      view.state,
      view.reason,
      amountOf(view),
      view.chain,
      view.fromAddress,
      view.org,
      view.observedAt,
    ]),
  );
}

/** Runs an act and prints the deposit after it. */
async function actOn(
  id: string,
  words: string,
  json: boolean | undefined,
  run: (db: Database, request: ActRequest, config: Config) => Promise<void>,
): Promise<void> {
  const at = new Date();
  const view = await withDatabase(async (db, config) => {
    await getView(db, config, id);
    try {
      await run(db, { id: uuidV7(at.getTime()), deposit: id, actor: operatorHere(), words, at }, config);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new CliError(error.message, error.code === 'NOT_FOUND' ? EXIT.notFound : EXIT.failed);
    }
    return getView(db, config, id);
  });
  if (json === true) printJson(view);
  else printOne(view);
}

/** `coffer deposits`. */
export function addDeposits(program: Command): void {
  const deposits = program.command('deposits').description('deposits of every org, and those that belong to none');

  deposits
    .command('list')
    .description(`list deposits, newest first, up to ${LIST_MAX}`)
    .option('--state <state>', DEPOSIT_STATES.join(', '), readDepositState)
    .option('--reason <reason>', 'such as unknown_sender or wrong_asset', readName)
    .option('--chain <chain>', 'CAIP-2 id, such as eip155:8453', readName)
    .option('--json', 'print JSON')
    .action(list);

  deposits
    .command('show')
    .description('everything stored about a deposit, with the acts of operators')
    .argument('<id>', 'id of the deposit')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const view = await withDatabase(async (db, config) => getTraced(db, config, id));
      if (json === true) return printJson(view);
      printOne(view);
      printTrace(view);
    });

  addActs(deposits);
}

function addActs(deposits: Command): void {
  deposits
    .command('assign')
    .description('assign a deposit to an org: the detector credits it there once it is final')
    .argument('<id>', 'id of the deposit')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .requiredOption('--reason <text>', 'why; it is stored', readWords)
    .option('--json', 'print JSON')
    .action(async (id: string, { org, reason, json }: { org: string; reason: string; json?: boolean }) =>
      actOn(id, reason, json, async (db, request, config) => {
        const book = tokenBook(config.chains);
        await assignByHand(db, { ...request, org }, (chain, token) => book(chain, token)?.credited === true);
      }),
    );

  deposits
    .command('ignore')
    .description('ignore a deposit: it is not credited unless it is assigned later')
    .argument('<id>', 'id of the deposit')
    .requiredOption('--reason <text>', 'why; it is stored', readWords)
    .option('--json', 'print JSON')
    .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) =>
      actOn(id, reason, json, ignoreByHand),
    );

  deposits
    .command('note')
    .description('add a note to a deposit')
    .argument('<id>', 'id of the deposit')
    .argument('<text>', 'the note; it is stored', readWords)
    .option('--json', 'print JSON')
    .action(async (id: string, text: string, { json }: { json?: boolean }) => actOn(id, text, json, noteByHand));
}
