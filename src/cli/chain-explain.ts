/** `coffer chain explain`: what the database and the RPCs say about one transaction, and what that means. */
import type { Command } from 'commander';
import { askReceipt, type AskedReceipt } from '../../detector/ask/receipt.ts';
import type { Config } from '../config/config.ts';
import type { ChainConfig } from '../config/file.ts';
import { systemClock } from '../core/clock.ts';
import { canonicalAddress, familyOf } from '../core/chains/address.ts';
import { explainReceipt } from '../core/deposits/explain-receipt.ts';
import { explainDeposit, type Explanation } from '../core/deposits/explain.ts';
import { confirmations, creditRulesOf } from '../core/chains/finality.ts';
import { tokenBook } from '../core/chains/token-book.ts';
import { formatEntryId } from '../core/ids.ts';
import type { Database } from '../db/database.ts';
import { listFreezes } from '../db/chains/freezes.ts';
import { listDepositAddressOwners } from '../db/senders/addresses.ts';
import { findChainStand, type ChainStand } from '../db/chains/progress.ts';
import { listObservations, type Observation } from '../db/deposits/observations.ts';
import { listActs, listOfTransaction } from '../db/deposits/inbox.ts';
import type { InboxDeposit } from '../db/deposits/inbox.ts';
import { listRpcStatuses } from '../db/chains/rpc-status.ts';
import { listVotes } from '../db/deposits/votes.ts';
import { viewOfDeposit, type InboxView } from '../views/deposit.ts';
import { CliError, EXIT, printJson, withDatabase } from './context.ts';
import { readTxHash } from './options.ts';

/** Most transfers of one transaction that are shown. */
const TRANSFERS_MAX = 1_000;

/** What the database knows about a transaction on one chain. */
interface OnChain {
  readonly chain: string;
  readonly stand: ChainStand | undefined;
  readonly freezes: readonly object[];
  readonly rpcs: readonly object[];
  readonly deposits: readonly (InboxView & Explanation)[];
  readonly observations: readonly Observation[];
  readonly votes: readonly {
    readonly at: Date;
    readonly rpc: string;
    readonly vote: string;
    readonly detail: string;
  }[];
}

/** What the answer of an RPC means, in sentences. */
interface Asked {
  readonly chain: string;
  readonly rpc: string;
  readonly says: readonly string[];
}

async function explainOn(db: Database, chain: string, txHash: string, config: Config): Promise<OnChain> {
  const [stand, freezes, rpcs, votes, observations, found] = await Promise.all([
    findChainStand(db, chain),
    listFreezes(db, chain),
    listRpcStatuses(db),
    listVotes(db, { chain, txHash }),
    listObservations(db, { chain, txHash, limit: TRANSFERS_MAX }),
    listOfTransaction(db, txHash, TRANSFERS_MAX),
  ]);
  const own = found.filter((deposit) => deposit.chain === chain);
  const acts = await listActs(
    db,
    own.map(({ id }) => id),
  );
  const book = tokenBook(config.chains);
  const settings = config.chains.find(({ caip2 }) => caip2 === chain);
  const deposits = own.map((deposit) => ({
    ...viewOfDeposit(deposit, acts.get(deposit.id) ?? [], book),
    ...explained(deposit, settings, stand),
  }));
  return { chain, stand, freezes, rpcs: rpcs.filter((rpc) => rpc.chain === chain), deposits, observations, votes };
}

function explained(
  deposit: InboxDeposit,
  settings: ChainConfig | undefined,
  stand: ChainStand | undefined,
): Explanation {
  const { state, reason, wallet, entrySeq, blockNumber, amount } = deposit;
  const heights = stand && { head: stand.headBlock, hardFinal: stand.hardFinalBlock ?? undefined };
  const rules = settings && creditRulesOf(familyOf(settings.caip2), settings);
  return explainDeposit({
    state,
    reason,
    committed: wallet !== null,
    entryId: wallet === null || entrySeq === null ? null : formatEntryId(wallet, entrySeq),
    confirmations: heights && rules && confirmations({ blockNumber, amountMicros: amount, reason }, rules, heights),
  });
}

async function askChain(db: Database, settings: ChainConfig, txHash: string, config: Config): Promise<Asked[]> {
  const [answers, stand] = await Promise.all([
    askReceipt(settings, txHash, systemClock),
    findChainStand(db, settings.caip2),
  ]);
  return Promise.all(
    answers.map(async (answer) => ({
      chain: settings.caip2,
      rpc: answer.rpc,
      says: await meaningOf(db, { settings, config, stand }, answer),
    })),
  );
}

async function meaningOf(
  db: Database,
  {
    settings,
    config,
    stand,
  }: { readonly settings: ChainConfig; readonly config: Config; readonly stand: ChainStand | undefined },
  answer: AskedReceipt,
): Promise<string[]> {
  if ('problem' in answer) return [`It does not answer: ${answer.problem}.`];
  const { caip2: chain, startBlock, watchOnly = false } = settings;
  if (answer.serves !== chain) return [`It serves ${answer.serves}, not ${chain}: correct rpcUrls.`];
  const family = familyOf(chain);
  const named = [...new Set(answer.receipt?.transfers.map(({ to }) => to))];
  const owned = await listDepositAddressOwners(db, family, named);
  const own = new Set([canonicalAddress(family, settings.creditsAddress), ...owned.keys()]);
  const context = { chain, book: tokenBook(config.chains), watchOnly, own, startBlock, nextBlock: stand?.nextBlock };
  return explainReceipt(context, answer.receipt);
}

function printOnChain({ chain, stand, freezes, deposits, observations, votes }: OnChain): void {
  console.log(chain);
  for (const deposit of deposits) {
    const { id, state, reason, amountUsd, amountUnits, ordinal, fromAddress, org, text, acts, assignment } = deposit;
    console.log(`  transfer ${ordinal}: ${amountUsd === null ? `${amountUnits} units` : `${amountUsd} USD`}`);
    console.log(`    ${text}`);
    console.log(
      `    deposit ${id}, ${state}${reason === null ? '' : ` (${reason})`}, from ${fromAddress}, org ${org ?? 'none'}`,
    );
    if (assignment)
      console.log(`    assigned to ${assignment.org} by ${assignment.by} of ${assignment.actor}: ${assignment.reason}`);
    for (const { at, actor, action, words } of acts) console.log(`    ${at}  ${actor}  ${action}: ${words}`);
  }
  for (const { ordinal, blockNumber, blockHash, amount, observedAt, orphanedAt } of observations) {
    const left = orphanedAt === null ? '' : `, orphaned ${orphanedAt.toISOString()}`;
    console.log(
      `  seen ${observedAt.toISOString()}: transfer ${ordinal}, ${amount} units in block ${blockNumber} ${blockHash}${left}`,
    );
  }
  for (const { at, rpc, vote, detail } of votes) console.log(`  vote ${at.toISOString()}: ${rpc} ${vote} ${detail}`);
  if (!stand) return console.log('  the chain has never been read');
  const { headBlock, nextBlock, creditBlock, hardFinalBlock, lease } = stand;
  console.log(
    `  head ${headBlock}, read up to ${nextBlock - 1}, creditable up to ${creditBlock ?? '?'}, final up to ${hardFinalBlock ?? '?'}`,
  );
  console.log(
    `  led by ${lease === null ? 'nobody' : `${lease.holder}, fence ${lease.fence}${lease.live ? '' : ', expired'}`}`,
  );
  for (const freeze of freezes) console.log(`  FROZEN: ${JSON.stringify(freeze)}`);
}

async function explain(
  txHash: string,
  { chain, live, json }: { readonly chain?: string; readonly live?: boolean; readonly json?: boolean },
): Promise<void> {
  const { known, asked } = await withDatabase(async (db, config) => {
    const wanted = config.chains.filter(({ caip2 }) => chain === undefined || caip2 === chain);
    if (chain !== undefined && wanted.length === 0)
      throw new CliError(`chain ${chain} is not configured`, EXIT.notFound);
    const stored = await listOfTransaction(db, txHash, TRANSFERS_MAX);
    const names = new Set([...wanted.map(({ caip2 }) => caip2), ...stored.map((deposit) => deposit.chain)]);
    const all = await Promise.all(
      [...names]
        .filter((name) => chain === undefined || name === chain)
        .map(async (name) => explainOn(db, name, txHash, config)),
    );
    const seen = all.filter(({ deposits, votes }) => deposits.length > 0 || votes.length > 0);
    const asks = seen.length === 0 || live === true ? wanted : [];
    const answers = await Promise.all(asks.map(async (settings) => askChain(db, settings, txHash, config)));
    return { known: seen, asked: answers.flat() };
  });
  if (json === true) {
    const chains = known.map((one) => ({
      ...one,
      observations: one.observations.map((seen) => ({ ...seen, amount: String(seen.amount) })),
    }));
    return printJson({ txHash, chains, live: asked });
  }
  console.log(txHash);
  if (known.length === 0) console.log('the detector has never seen it');
  for (const one of known) printOnChain(one);
  for (const { chain: name, rpc, says } of asked) {
    for (const sentence of says) console.log(`${name}, ${rpc} now: ${sentence}`);
  }
}

/** `coffer chain explain`. */
export function addExplain(chain: Command): void {
  chain
    .command('explain')
    .description(
      'why a transaction was or was not credited: every observation, vote and act; asks the RPCs if it was never seen',
    )
    .argument('<tx>', 'hash of the transaction', readTxHash)
    .option('--chain <chain>', 'only this chain, by its CAIP-2 id')
    .option('--live', 'ask the RPCs even if the detector has seen it')
    .option('--json', 'print JSON')
    .action(explain);
}
