/** `coffer chain`: shows the status of chains, compares their balances with the books, freezes and releases them. */
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { freezeChain, releaseChain } from '../db/chains/freezes.ts';
import { listChainStandings } from '../db/chains/status.ts';
import { readReconciliation } from '../db/chains/reconciliation.ts';
import { readRails } from '../db/billing/rails.ts';
import { viewOfChain, viewOfFreeze, type ChainStandingView } from '../views/chain.ts';
import { viewOfRails } from '../views/rail.ts';
import { viewOfReconciliation, type ReconciliationView } from '../views/reconciliation.ts';
import { addExplain } from './chain-explain.ts';
import { addRescan } from './chain-rescan.ts';
import { CliError, confirm, EXIT, operatorHere, printJson, printTable, withDatabase } from './context.ts';
import { readWords } from './options.ts';
import { printRails } from './billing/rails.ts';

interface Json {
  readonly json?: boolean;
}

function namesOf(config: Config, chain: string | undefined): string[] {
  const names = config.chains.map(({ caip2 }) => caip2);
  if (chain === undefined) return names;
  if (names.includes(chain)) return [chain];
  throw new CliError(
    `chain ${chain} is not configured: ${names.length > 0 ? `configured are: ${names.join(', ')}` : 'COFFER_CONFIG names no chain'}`,
    EXIT.notFound,
  );
}

async function status({ chain, json }: Json & { readonly chain?: string }): Promise<void> {
  const views = await withDatabase(async (db, config) =>
    (await listChainStandings(db, namesOf(config, chain))).map((one) => viewOfChain(one, Date.now())),
  );
  if (json === true) return printJson({ chains: views });
  if (views.length === 0) {
    console.log('no chain is configured: name a file with chains in COFFER_CONFIG');
    return undefined;
  }
  const height = (block: number | null): string | null => (block === null ? null : String(block));
  printTable(
    ['chain', 'state', 'head', 'read up to', 'credited up to', 'leader', 'RPCs'],
    views.map((view) => [
      view.chain,
      view.state,
      height(view.headBlock),
      height(view.nextBlock === null ? null : view.nextBlock - 1),
      height(view.creditBlock),
      view.leader?.holder ?? null,
      view.rpcs.map(({ rpc, state }) => `${rpc} ${state}`).join('\n'),
    ]),
  );
  for (const view of views) printTrouble(view);
}

function printTrouble({ chain, freezes, dues, workers, rpcs, tokens }: ChainStandingView): void {
  for (const { kind, reason, frozenBy, frozenAt } of freezes) {
    console.log(`${chain}: frozen since ${frozenAt} by ${frozenBy} (${kind}): ${reason}`);
  }
  if (dues) {
    const { reversals, credits } = dues;
    console.log(`${chain}: due on release: ${reversals.count} reversals of ${reversals.amountUsd} USD`);
    console.log(`${chain}: due on release: ${credits.count} credits of ${credits.amountUsd} USD`);
    for (const { txHash, amountUsd } of reversals.deposits) console.log(`  reverse ${txHash}  ${amountUsd} USD`);
    for (const { txHash, amountUsd } of credits.deposits) console.log(`  credit  ${txHash}  ${amountUsd} USD`);
  }
  for (const { holder, problem } of workers) if (problem !== null) console.log(`${chain}: ${holder}: ${problem}`);
  for (const { rpc, problem } of rpcs) if (problem !== null) console.log(`${chain}: ${rpc}: ${problem}`);
  for (const { token, paused, blocked } of tokens) {
    if (paused) console.log(`${chain}: token ${token} is paused`);
    for (const address of blocked) console.log(`${chain}: token ${token} blocks ${address}`);
  }
}

async function reconcile({ chain, json }: Json & { readonly chain?: string }): Promise<void> {
  const view = await withDatabase(async (db, config) => {
    const nowMs = Date.now();
    const facts = await readReconciliation(db, namesOf(config, chain));
    return viewOfReconciliation(facts, nowMs, chain === undefined ? viewOfRails(await readRails(db), nowMs) : []);
  });
  if (json === true) printJson(view);
  else printReconciliation(view);
  if (view.status === 'GAP') {
    throw new CliError('the books differ from the chains or the card rails; the tables above say where');
  }
}

function printReconciliation(view: ReconciliationView): void {
  printTable(
    ['chain', 'status', 'on chain', 'expected on chain', 'difference', 'in the ledger', 'in deposits', 'difference'],
    view.chains.map((one) => [
      one.chain,
      one.frozen ? `${one.status}, frozen` : one.status,
      one.heldUsd,
      one.reckonedUsd,
      one.deltaUsd,
      one.ledgerUsd,
      one.creditedUsd,
      one.ledgerDeltaUsd,
    ]),
  );
  for (const { chain, problem, troubled, gaps, faults } of view.chains) {
    if (problem !== null) console.log(`${chain}: ${problem}`);
    for (const one of troubled) console.log(`${chain}: ${one.address}: ${one.status}: ${one.problem ?? ''}`);
    for (const { wallet, deposit } of faults) console.log(`${chain}: wallet ${wallet}, deposit ${deposit ?? 'none'}`);
    for (const { block, address, amountUsd, explainedBy, foundAt } of gaps) {
      const why = explainedBy.length === 0 ? 'unexplained' : explainedBy.join(', ');
      console.log(`${chain}: ${foundAt}: ${address} changed by ${amountUsd} USD in block ${block}: ${why}`);
    }
  }
  if (view.rails.length > 0) printRails(view.rails);
  const { wallets, owedUsd, debtUsd, heldUsd, coverageUsd, status: verdict } = view;
  console.log(`${wallets ?? 'unknown'} wallets are owed ${owedUsd ?? '?'} USD and owe ${debtUsd ?? '?'} USD`);
  console.log(`the chains hold ${heldUsd} USD: ${coverageUsd ?? '?'} USD more than is owed to the wallets`);
  console.log(verdict);
}

async function freeze(chain: string, { reason, json }: Json & { readonly reason: string }): Promise<void> {
  const fresh = await withDatabase(async (db, config) => {
    namesOf(config, chain);
    return freezeChain(db, { chain, kind: 'operator', reason, by: operatorHere(), at: new Date() });
  });
  if (json === true) return printJson({ chain, frozen: true, already: !fresh });
  console.log(fresh ? `${chain} is frozen: nothing is credited or reversed there` : `${chain} is already frozen`);
}

async function release(chain: string, { json, yes }: Json & { readonly yes?: boolean }): Promise<void> {
  if (yes !== true) await confirm(`Release ${chain}? Credits and reversals that are due are written at once.`);
  const ended = await withDatabase(async (db, config) => {
    namesOf(config, chain);
    return releaseChain(db, { chain, by: operatorHere(), at: new Date() });
  });
  if (json === true) return printJson({ chain, released: ended.map(viewOfFreeze) });
  for (const { kind, reason } of ended) console.log(`released (${kind}): ${reason}`);
  console.log(
    ended.length === 0 ? `${chain} was not frozen` : `${chain} is released: its next round writes what is due`,
  );
}

/** `coffer chain`. */
export function addChain(program: Command): void {
  const chain = program.command('chain').description('the state of chains, and whether they agree with the books');

  chain
    .command('status')
    .description('the state of each chain: who reads it, how far, from which RPCs, and what is frozen and due')
    .option('--chain <chain>', 'only this chain, by its CAIP-2 id')
    .option('--json', 'print JSON')
    .action(status);

  chain
    .command('reconcile')
    .description('the latest comparison of chains, card rails, deposits and books; fails if they differ')
    .option('--chain <chain>', 'only this chain, by its CAIP-2 id')
    .option('--json', 'print JSON')
    .action(reconcile);

  chain
    .command('freeze')
    .description('stop crediting and reversing on a chain; reading goes on')
    .argument('<chain>', 'its CAIP-2 id')
    .requiredOption('--reason <words>', 'why; it is stored', readWords)
    .option('--json', 'print JSON')
    .action(freeze);

  chain
    .command('release')
    .description('end every freeze of a chain; credits and reversals that are due are written')
    .argument('<chain>', 'its CAIP-2 id')
    .option('--yes', 'do not ask for confirmation')
    .option('--json', 'print JSON')
    .action(release);

  addRescan(chain);
  addExplain(chain);
}
