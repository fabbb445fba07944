/**
 * Keeps every log up with what happened. Hints say where to look first; a sweep over the heads of all wallets finds what no
 * hint told of. May run in every process: the database gives each event its position once.
 */
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { findLogsOfWallets, listPendingLogs, listStaleLogs, projectLog } from '../db/events/projection.ts';

/** Wallets that wait to be looked at; what is hinted beyond it is left to the sweep. */
const HINTS_MAX = 10_000;
const LOGS_PAGE = 500;
/** From one sweep over all wallets to the next. */
const SWEEP_INTERVAL_MS = 5_000;
/** Transactions for one log before the others have their turn. */
const STEPS_MAX = 50;

export interface ProjectorOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** Told of a log that cannot be brought up to date; it does not hold up the others. */
  readonly onTrouble: (log: string, error: unknown) => void;
  /** Told how far a log has come. */
  readonly onGrown?: ((log: string, position: number) => void) | undefined;
}

/** See above. One round at a time. */
export class Projector {
  private readonly options: ProjectorOptions;
  private hints = new Set<string>();
  /** Logs that another process was at. */
  private busy = new Set<string>();
  private sweptAtMs = -Infinity;

  constructor(options: ProjectorOptions) {
    this.options = options;
  }

  /** A wallet has new entries, or will have in a moment. Costs nothing: it is looked at in the next round. */
  hint(wallet: string): void {
    if (this.hints.size < HINTS_MAX) this.hints.add(wallet);
  }

  /** Looks where something is recorded or hinted and, when it is time, everywhere. `stopped` ends it between two logs. */
  async round(stopped: () => boolean = () => false): Promise<void> {
    const { db, clock } = this.options;
    const hinted = this.hints;
    this.hints = new Set();
    const logs = hinted.size === 0 ? [] : await findLogsOfWallets(db, [...hinted]);
    const again = this.busy;
    this.busy = new Set();
    await this.projectAll(new Set([...(await listPendingLogs(db, LOGS_PAGE)), ...logs, ...again]), stopped);
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - this.sweptAtMs) < SWEEP_INTERVAL_MS || stopped()) return;
    this.sweptAtMs = nowMs;
    await this.sweep(stopped);
  }

  /** Brings every log up to date with what was there when it began. */
  async sweep(stopped: () => boolean = () => false): Promise<void> {
    const { db } = this.options;
    await this.projectAll(new Set(await listPendingLogs(db, LOGS_PAGE)), stopped);
    let after: string | undefined;
    while (!stopped()) {
      const logs = await listStaleLogs(db, { after, limit: LOGS_PAGE });
      await this.projectAll(new Set(logs), stopped);
      after = logs.at(-1);
      if (after === undefined || logs.length < LOGS_PAGE) return;
    }
  }

  private async projectAll(logs: ReadonlySet<string>, stopped: () => boolean): Promise<void> {
    for (const log of logs) {
      if (stopped()) return;
      try {
        await this.project(log, stopped);
      } catch (error) {
        this.options.onTrouble(log, error);
      }
    }
  }

  private async project(log: string, stopped: () => boolean): Promise<void> {
    const { db, onGrown } = this.options;
    for (let step = 0; step < STEPS_MAX && !stopped(); step += 1) {
      const projected = await projectLog(db, log);
      if (!projected) {
        this.busy.add(log);
        return;
      }
      onGrown?.(log, projected.position);
      if (!projected.more) return;
    }
  }
}
