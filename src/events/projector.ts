/**
 * Keeps every event log up to date. Hints say where to look first; a sweep over the heads of all wallets finds what was
 * not hinted. May run in every process: the database gives each event its position once.
 */
import type { Clock } from '../core/clock.ts';
import { PLATFORM_LOG } from '../core/events/kinds.ts';
import type { Database } from '../db/database.ts';
import { findUserWallets, listStaleUserWallets, recordUserEvents } from '../db/events/user-wallets.ts';
import { findLogsOfWallets, listPendingLogs, listStaleLogs, projectLog } from '../db/events/projection.ts';

/** Most hinted wallets that wait for a round; further ones are left to the sweep. */
const HINTS_MAX = 10_000;
const LOGS_PAGE = 500;
/** Of how many logs of orgs a sweep looks at once for what was not hinted. */
const ORGS_PAGE = 2_000;
/** Of how many users' wallets a sweep looks for what was not hinted; the next sweep goes on with the next. */
const USERS_PAGE = 5_000;
/** From one sweep over all wallets to the next. */
const SWEEP_INTERVAL_MS = 5_000;
/** Most transactions for one log before the others have their turn. */
const STEPS_MAX = 50;

export interface ProjectorOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** Called for a log that cannot be brought up to date; the others are not delayed. */
  readonly onTrouble: (log: string, error: unknown) => void;
  /** Called with the newest position of a log after each step. */
  readonly onGrown?: ((log: string, position: number) => void) | undefined;
}

/** Brings event logs up to date in rounds; call one round at a time. */
export class Projector {
  private readonly options: ProjectorOptions;
  private hints = new Set<string>();
  /** Logs that another process was updating; they are tried again in the next round. */
  private busy = new Set<string>();
  private sweptAtMs = -Infinity;
  #usersAfter: string | undefined;

  constructor(options: ProjectorOptions) {
    this.options = options;
  }

  /** Notes that a wallet has new entries or will have in a moment; the next round looks at it. Cheap. */
  hint(wallet: string): void {
    if (this.hints.size < HINTS_MAX) this.hints.add(wallet);
  }

  /** Updates logs with pending work or hints and, every 5 seconds, all of them. `stopped` ends it between two logs. */
  async round(stopped: () => boolean = () => false): Promise<void> {
    const { db, clock } = this.options;
    const hinted = this.hints;
    this.hints = new Set();
    const logs = hinted.size === 0 ? [] : await findLogsOfWallets(db, [...hinted]);
    if (hinted.size > 0) await this.recordUsers(await findUserWallets(db, [...hinted]), stopped);
    const again = this.busy;
    this.busy = new Set();
    await this.projectAll(new Set([...(await listPendingLogs(db, LOGS_PAGE)), ...logs, ...again]), stopped);
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - this.sweptAtMs) < SWEEP_INTERVAL_MS || stopped()) return;
    this.sweptAtMs = nowMs;
    await this.sweep(stopped);
  }

  /** Brings every log up to date with everything that was recorded before it began. */
  async sweep(stopped: () => boolean = () => false): Promise<void> {
    const { db } = this.options;
    const users = await listStaleUserWallets(db, { after: this.#usersAfter, limit: USERS_PAGE });
    this.#usersAfter = users.last;
    await this.recordUsers(users.stale, stopped);
    await this.projectAll(new Set(await listPendingLogs(db, LOGS_PAGE)), stopped);
    let after: string | undefined;
    while (!stopped()) {
      const { last, stale } = await listStaleLogs(db, { after, limit: ORGS_PAGE });
      await this.projectAll(new Set(stale), stopped);
      if (last === undefined) return;
      after = last;
    }
  }

  /** Records the events of users' wallets, which the platform's log takes in with all that is recorded for it. */
  private async recordUsers(wallets: readonly string[], stopped: () => boolean): Promise<void> {
    const { db, onTrouble } = this.options;
    for (const wallet of wallets) {
      try {
        for (let step = 0; step < STEPS_MAX && !stopped(); step += 1) {
          if (!(await recordUserEvents(db, wallet))) break;
        }
      } catch (error) {
        onTrouble(PLATFORM_LOG, error);
      }
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
