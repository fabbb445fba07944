/** `coffer recover`: makes a database that was restored to an earlier time safe to serve. */
import type { Command } from 'commander';
import type { AnchorFacts } from '../core/ledger/anchor.ts';
import { systemClock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { replayChains } from '../db/chains/replay.ts';
import type { Database } from '../db/database.ts';
import { endAllLeases } from '../db/leases.ts';
import { openLedgerWriter } from '../db/ledger/writer.ts';
import {
  beginRecovery,
  findLastServed,
  findRecoveryUnderWay,
  finishRecovery,
  hasOpenLoss,
  type Recovery,
} from '../db/recovery/recoveries.ts';
import { readServer } from '../db/recovery/sightings.ts';
import type { ListedHold } from '../db/ledger/open-holds.ts';
import { viewOfKey } from '../views/key.ts';
import type { DatabaseSite } from '../db/schema/site.ts';
import { burnPool, countPool } from '../db/senders/address-pool.ts';
import { openAnchor } from './anchor-file.ts';
import { CliError, EXIT, operatorHere, printJson, withOwner } from './context.ts';
import { readMoment } from './options.ts';
import { readAnswers, readChoice, type Answers, type Chosen } from './recovery/answers.ts';
import { printPlan, printRecovered, type HoldShown, type Plan, type Recovered } from './recovery/print.ts';
import {
  checkChoices,
  endHolds,
  endKeys,
  freezeAll,
  idOfHold,
  listHolds,
  listLostWallets,
  listWorkingKeys,
  moveAllLogs,
  waitUntilQuiet,
} from './recovery/steps.ts';

const LEDGER_DEADLINE_MS = 10_000;

interface RecoverOptions extends Partial<Answers> {
  readonly answers?: string;
  readonly anchor?: string;
  readonly publicKey?: string;
  readonly restoredTo?: Date;
  readonly nothingLost?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

async function recover(options: RecoverOptions): Promise<void> {
  const { anchor: file, publicKey, json } = options;
  if ((file === undefined) !== (publicKey === undefined)) {
    throw new CliError('--anchor and --public-key go together', EXIT.usage);
  }
  const anchor = file === undefined || publicKey === undefined ? undefined : openAnchor(file, publicKey);
  const answers = readAnswers(options, options.answers);
  await withOwner(async (db, config, site) => {
    if (options.nothingLost === true) return confirmNothingLost(db, anchor, json === true);
    const chains = config.chains.map(({ caip2 }) => caip2);
    const { endKeys: keys, endHolds: holds, keepPool = false } = answers;
    if (options.dryRun === true || keys === undefined || holds === undefined) {
      const plan = await planRecovery(db, { chains, anchor, restoredTo: options.restoredTo });
      if (json === true) printJson(plan);
      else printPlan(plan);
      if (options.dryRun === true) return;
      throw new CliError(
        'say which keys and holds are to end: --end-keys and --end-holds; nothing was changed',
        EXIT.usage,
      );
    }
    await checkChoices(db, keys, holds);
    const recovery = await begin(db, options.restoredTo);
    const means = { db, site, chains, anchor };
    const done = await runSteps(means, recovery, { keys, holds, keepPool });
    if (json === true) printJson(done);
    else printRecovered(done);
  });
}

async function planRecovery(
  db: Database,
  {
    chains,
    anchor,
    restoredTo,
  }: {
    readonly chains: readonly string[];
    readonly anchor: AnchorFacts | undefined;
    readonly restoredTo?: Date | undefined;
  },
): Promise<Plan> {
  const underWay = await findRecoveryUnderWay(db);
  return {
    underWay: underWay?.id ?? null,
    restoredTo: underWay?.restoredTo ?? restoredTo ?? (await findLastServed(db)) ?? null,
    chains: [...chains],
    keys: (await listWorkingKeys(db)).map((key) => viewOfKey(key, Date.now())),
    holds: (await listHolds(db)).map(showHold),
    poolAddresses: await countPool(db),
    lostWallets: anchor === undefined ? null : await listLostWallets(db, anchor.heads),
  };
}

function showHold({ wallet, hold, owner, service, reference, expiresAt }: ListedHold): HoldShown {
  const holdId = idOfHold({ wallet, hold });
  return { holdId, owner, serviceType: service, reference, expiresAt: expiresAt.toISOString() };
}

/** Begins a recovery, or resumes the one that was interrupted. */
async function begin(db: Database, restoredTo: Date | undefined): Promise<Recovery> {
  const underWay = await findRecoveryUnderWay(db);
  if (underWay) return underWay;
  const recovery: Recovery = {
    id: uuidV7(Date.now()),
    kind: 'restore',
    restoredTo: restoredTo ?? (await findLastServed(db)) ?? null,
    begunAt: new Date(),
  };
  await beginRecovery(db, { ...recovery, by: operatorHere() });
  return recovery;
}

/** Every step in order. A step that was done before a crash finds nothing left to do. */
async function runSteps(
  means: {
    readonly db: Database;
    readonly site: DatabaseSite;
    readonly chains: readonly string[];
    readonly anchor: AnchorFacts | undefined;
  },
  recovery: Recovery,
  choices: { readonly keys: Chosen; readonly holds: Chosen; readonly keepPool: boolean },
): Promise<Recovered> {
  const { db, site, anchor } = means;
  const { id, begunAt, restoredTo } = recovery;
  await waitUntilQuiet(db);
  const chains = await freezeAll(db, means.chains, id);
  const leases = await endAllLeases(db, `recovery:${id}`);
  const logs = await moveAllLogs(db, id);
  const keys = await endKeys(db, choices.keys);
  const writer = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
  let holds: string[];
  try {
    holds = await endHolds({ db, writer, recovery: id }, choices.holds);
  } finally {
    await writer.stop();
  }
  const burnt = choices.keepPool ? 0 : await burnPool(db, id, begunAt);
  const replays = await replayChains(db, { to: restoredTo, at: begunAt });
  const lostWallets = anchor === undefined ? null : await listLostWallets(db, anchor.heads);
  const server = await readServer(db);
  const done = { recovery: id, restoredTo, server, chains, leases, keys, holds, burnt, replays, lostWallets };
  await finishRecovery(db, { id, server, report: { ...done, logs: logs.length }, at: new Date() });
  return { ...done, logs };
}

/** The owner says that nothing was lost: after a fail-over to a replica that had everything, which no process saw. */
async function confirmNothingLost(db: Database, anchor: AnchorFacts | undefined, json: boolean): Promise<void> {
  if (await hasOpenLoss(db))
    throw new CliError('a process found that something is missing: recover without --nothing-lost');
  if (await findRecoveryUnderWay(db)) throw new CliError('a recovery has begun: finish it without --nothing-lost');
  const lost = anchor === undefined ? [] : await listLostWallets(db, anchor.heads);
  if (lost.length > 0) {
    throw new CliError(`${lost.length} wallets lost entries of the anchor: recover without --nothing-lost`);
  }
  const [id, at, server] = [uuidV7(Date.now()), new Date(), await readServer(db)];
  await beginRecovery(db, { id, kind: 'nothing_lost', restoredTo: null, begunAt: at, by: operatorHere() });
  await finishRecovery(db, { id, server, report: {}, at });
  if (json) return printJson({ recovery: id, server });
  console.log(
    `noted that nothing was lost: system ${server.systemIdentifier}, timeline ${server.timeline}; serving goes on`,
  );
}

/** `coffer recover`. */
export function addRecover(program: Command): void {
  program
    .command('recover')
    .description('after a restore to an earlier time: make the database safe to serve; can be run again at any time')
    .option('--end-keys <ids>', 'keys to revoke: all, none, or ids separated by commas', readChoice)
    .option('--end-holds <ids>', 'holds to release: all, none, or ids separated by commas', readChoice)
    .option('--keep-pool', 'keep the Starknet addresses of the pool, although some may have been given since')
    .option('--answers <file>', 'a JSON file with endKeys, endHolds and keepPool, in place of these options')
    .option('--anchor <file>', 'the last anchor: names every wallet that lost entries')
    .option('--public-key <file>', 'the public key that checks the anchor')
    .option('--restored-to <time>', 'the time of the backup (default: when the database was last served)', readMoment)
    .option('--nothing-lost', 'confirm that the database is complete, as after a fail-over that no process saw')
    .option('--dry-run', 'print what there is and what would be done, and change nothing')
    .option('--json', 'print JSON')
    .action(recover);
}
