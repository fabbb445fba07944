/**
 * Watches that the database has everything that was once seen in it, and keeps the process from working when it does not:
 * after a restore to an earlier time, or a fail-over to a replica that lagged. Runs in every process of the service.
 */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { judgeCompleteness, type Witness } from '../core/recovery/completeness.ts';
import type { Database } from '../db/database.ts';
import {
  countUp,
  findSighting,
  nameDeployment,
  noteServer,
  reportLoss,
  type ConfirmedEntry,
} from '../db/recovery/sightings.ts';
import { ALWAYS, startRounds, type Job } from './rounds.ts';
import { readWitness, writeWitness } from '../db/recovery/witness-file.ts';

/** From the end of one look to the next: a loss of less than this may go unnoticed if it holds no entry of the ledger. */
const INTERVAL_MS = 1_000;
/**
 * Pause before a number is counted again whose commit was not confirmed; doubled each time, up to COUNT_PAUSE_MS_MAX.
 * While a synchronous standby is away, each attempt leaves a waiting server process behind.
 */
const COUNT_PAUSE_MS = 2_000;
const COUNT_PAUSE_MS_MAX = 60_000;

export interface LossWatchOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** Where the witness is kept; undefined: in memory only, so that nothing is noticed across a restart. */
  readonly folder: string | undefined;
  /** The newest entries whose commits were confirmed to this process. */
  readonly confirmed?: () => readonly ConfirmedEntry[];
}

export interface LossWatch extends Job {
  /** Why the service must not work; undefined while the database is known to be complete. */
  readonly problem: () => string | undefined;
}

/** Looks once before it resolves, and then every second. Never rejects: a database that cannot be asked is a problem. */
export async function startLossWatch(options: LossWatchOptions): Promise<LossWatch> {
  const { clock, log } = options;
  const watch = new Watch(options);
  // What was known stays known: a database that does not answer serves nothing either.
  const message = 'whether the database is complete cannot be checked; trying again';
  await watch.look().catch((error: unknown) => log.warn({ err: error }, message));
  const job = startRounds(clock, INTERVAL_MS, async () => watch.look(), ALWAYS, {
    job: 'loss_watch',
    log,
    message,
  });
  return { ...job, problem: () => watch.problem };
}

async function openWitness({ db, clock, folder }: LossWatchOptions): Promise<Witness> {
  const nowMs = clock.nowMs();
  const deployment = await nameDeployment(db, { deployment: uuidV7(nowMs), at: new Date(nowMs) });
  const kept = folder === undefined ? undefined : readWitness(folder, deployment, nowMs);
  if (kept) return kept;
  const fresh = { id: uuidV7(nowMs), deployment, counter: 0, recoveries: [] };
  const { recovery } = await findSighting(db, fresh.id, []);
  return { ...fresh, recoveries: recovery === undefined ? [] : [recovery] };
}

class Watch {
  problem: string | undefined = 'whether the database is complete has not been checked yet';
  readonly #options: LossWatchOptions;
  /** Undefined until the database was reached. */
  #witness: Witness | undefined;
  /** Entries that a recovery has given up. */
  #givenUp = new Set<string>();
  #countPauseMs = COUNT_PAUSE_MS;
  #countNotBeforeMs = -Infinity;
  #keeps = true;

  constructor(options: LossWatchOptions) {
    this.#options = options;
  }

  /** Looks at the database, judges it, and counts up where it is complete. */
  async look(): Promise<void> {
    const { db, clock, log } = this.#options;
    const witness = (this.#witness ??= await openWitness(this.#options));
    const confirmed = this.#confirmed();
    const seen = await findSighting(db, witness.id, confirmed);
    const verdict = judgeCompleteness(witness, seen);
    if (verdict.state === 'recovered') {
      this.#givenUp = new Set(confirmed.map(nameOf));
      this.#keep({ ...witness, counter: seen.counter, recoveries: [...witness.recoveries, verdict.recovery] });
      return this.look();
    }
    if (verdict.state === 'lost') await this.#report(verdict.reason);
    if (verdict.state !== 'complete') return this.#refuse(verdict.reason);
    if (verdict.adopt) {
      log.info({ event: 'database.moved', ...seen.server }, 'the database runs elsewhere, and nothing is missing');
      await noteServer(db, seen.server, new Date(clock.nowMs()));
    }
    if (this.problem !== undefined) log.info({ event: 'database.complete' }, 'the database is complete: serving again');
    this.problem = undefined;
    await this.#count({ ...witness, counter: seen.counter });
  }

  #confirmed(): readonly ConfirmedEntry[] {
    const entries = this.#options.confirmed?.() ?? [];
    return entries.filter((entry) => !this.#givenUp.has(nameOf(entry)));
  }

  async #report(reason: string): Promise<void> {
    const { db, clock } = this.#options;
    const nowMs = clock.nowMs();
    await reportLoss(db, { id: uuidV7(nowMs), reason, by: `${hostname()}:${process.pid}`, at: new Date(nowMs) });
  }

  #refuse(reason: string): void {
    if (this.problem !== reason) {
      this.#options.log.error({ event: 'database.incomplete', reason }, 'nothing is served: run coffer recover');
    }
    this.problem = reason;
  }

  /**
   * Counts up; a number that is not confirmed is not kept.
   * @param witness with the number in the database, to which another process of this machine may have counted.
   */
  async #count(witness: Witness): Promise<void> {
    const { db, clock } = this.#options;
    this.#witness = witness;
    if (clock.nowMs() < this.#countNotBeforeMs) return;
    this.#countNotBeforeMs = clock.nowMs() + this.#countPauseMs;
    this.#countPauseMs = Math.min(2 * this.#countPauseMs, COUNT_PAUSE_MS_MAX);
    const counted = await countUp(db, { id: witness.id, above: witness.counter });
    [this.#countPauseMs, this.#countNotBeforeMs] = [COUNT_PAUSE_MS, -Infinity];
    if (counted !== undefined) this.#keep({ ...witness, counter: counted });
  }

  #keep(witness: Witness): void {
    const { folder, clock, log } = this.#options;
    this.#witness = witness;
    if (folder === undefined) return;
    try {
      writeWitness(folder, witness, clock.nowMs());
      this.#keeps = true;
    } catch (error) {
      if (this.#keeps) log.warn({ err: error, folder }, 'a restore will not be noticed: its witness cannot be kept');
      this.#keeps = false;
    }
  }
}

function nameOf({ wallet, seq, hash }: ConfirmedEntry): string {
  return `${wallet}:${seq}:${hash}`;
}
