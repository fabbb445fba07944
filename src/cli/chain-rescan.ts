/** `coffer chain rescan`: asks the chain's leader to read a range of blocks again, and prints what changed. */
import type { Command } from 'commander';
import { previewRescan, RescanRefused, rescanNow, withChainByHand } from '../../detector/ask/rescan.ts';
import type { Config } from '../config/config.ts';
import type { ChainConfig } from '../config/file.ts';
import { systemClock } from '../core/clock.ts';
import { openLedgerWriter } from '../db/ledger/writer.ts';
import type { RescanChange } from '../db/chains/rescan-orders.ts';
import { CliError, EXIT, operatorHere, printJson, printTable, withDatabase } from './context.ts';
import { readHeight } from './options.ts';

/** How long the command waits for the leader of the chain. */
const TIMEOUT_MS = 10 * 60_000;
const LEDGER_DEADLINE_MS = 10_000;
/** Most changes printed as a table; --json prints all that are stored. */
const ROWS_SHOWN_MAX = 50;

/** Errors of the read go to stderr, so that stdout has the changes alone. */
const printError = (fields: Readonly<Record<string, unknown>>): void => console.error(JSON.stringify(fields));
const ERRORS_ONLY = { info: () => undefined, warn: () => undefined, error: printError };

interface RescanOptions {
  readonly chain: string;
  readonly from: number;
  readonly to?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Rescanned {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly counts: Readonly<Record<RescanChange['kind'], number>>;
  readonly changes: readonly RescanChange[];
}

async function rescan(options: RescanOptions): Promise<void> {
  const done = await withDatabase(async (db, config, site) => {
    const settings = config.chains.find(({ caip2 }) => caip2 === options.chain);
    if (!settings) throw new CliError(`chain ${options.chain} is not configured`, EXIT.notFound);
    const ledger = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
    try {
      return await readBlocks(options, settings, {
        ...sharedOf(config),
        db,
        ledger,
        clock: systemClock,
        log: ERRORS_ONLY,
      });
    } finally {
      await ledger.stop();
    }
  });
  const { json, dryRun = false } = options;
  if (json === true) return printJson({ chain: options.chain, dryRun, ...done });
  print(done, dryRun);
}

function sharedOf({ senderPolicy }: Config): { readonly senderPolicy: Config['senderPolicy'] } {
  return { senderPolicy };
}

async function readBlocks(
  { from: fromBlock, to, dryRun }: RescanOptions,
  settings: ChainConfig,
  shared: Parameters<typeof withChainByHand>[1],
): Promise<Rescanned> {
  return withChainByHand(settings, shared, async (chain) => {
    const head = chain.reach.target.number;
    const toBlock = to ?? head;
    if (toBlock > head) throw new CliError(`--to: block ${toBlock} is above the head ${head}`, EXIT.usage);
    if (fromBlock > toBlock) throw new CliError(`--from: block ${fromBlock} is above block ${toBlock}`, EXIT.usage);
    if (fromBlock < settings.startBlock) {
      throw new CliError(`--from: the chain is read from startBlock ${settings.startBlock} on: lower startBlock first`);
    }
    try {
      if (dryRun === true) {
        const changes = await previewRescan(chain, { fromBlock, toBlock });
        return { fromBlock, toBlock, counts: countsOf(changes), changes };
      }
      const { state, problem, counts, changes } = await rescanNow(chain, {
        fromBlock,
        toBlock,
        orderedBy: operatorHere(),
        timeoutMs: TIMEOUT_MS,
      });
      if (state === 'refused') throw new CliError(problem ?? 'refused');
      return { fromBlock, toBlock, counts, changes };
    } catch (error) {
      throw error instanceof RescanRefused ? new CliError(error.message) : error;
    }
  });
}

function countsOf(changes: readonly RescanChange[]): Rescanned['counts'] {
  const count = (kind: RescanChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  return { new: count('new'), moved: count('moved'), gone: count('gone') };
}

function print({ fromBlock, toBlock, counts, changes }: Rescanned, dryRun: boolean): void {
  if (changes.length > 0) {
    printTable(
      ['what', 'block', 'transaction', 'position', 'base units'],
      changes
        .slice(0, ROWS_SHOWN_MAX)
        .map(({ kind, block, txHash, ordinal, amount }) => [kind, String(block), txHash, String(ordinal), amount]),
    );
  }
  const did = dryRun ? 'would change' : 'changed';
  console.log(
    `blocks ${fromBlock} to ${toBlock} ${did}: ${counts.new} new, ${counts.moved} moved, ${counts.gone} gone`,
  );
}

/** `coffer chain rescan`. */
export function addRescan(chain: Command): void {
  chain
    .command('rescan')
    .description('have the leader of the chain read blocks again and store transfers that are new, moved or gone')
    .requiredOption('--chain <chain>', 'its CAIP-2 id')
    .requiredOption('--from <block>', 'first block', readHeight)
    .option('--to <block>', 'last block (default: the head)', readHeight)
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--json', 'print JSON')
    .action(rescan);
}
