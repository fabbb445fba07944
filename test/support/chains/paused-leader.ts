/** Leaders that are paused for longer than their lease, as in a long garbage collection, and killed leaders. */
import { expect } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { prepareDetectorChild } from './child.ts';
import { balanceOf, eventually, newOrg } from './bench.ts';
import type { Bench } from './chain-bench.ts';
import type { RunningProgram } from '../process/processes.ts';
import { queryRows } from '../process/query.ts';

/** Pauses a leader at the failpoint, lets another take over, resumes the first: its late write is refused. */
export async function pausesLeader(bench: Bench, failpoint: string): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const fenceOf = async (): Promise<bigint> => {
    const lease = await queryRows<{ fence: string }>(db, 'SELECT fence FROM lease WHERE name = ?', [
      `chain:${chain.caip2}`,
    ]);
    return BigInt(lease.rows[0]?.fence ?? '0');
  };
  const child = prepareDetectorChild([chain], database.appUrl);
  const started: RunningProgram[] = [];
  try {
    child.arm(failpoint, 'SIGSTOP');
    const first = child.start();
    started.push(first);
    const sent = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 33n });
    await eventually(
      async () => {
        await chain.mine();
        return child.isArmed(failpoint);
      },
      (armed) => !armed,
    );
    const fence = await fenceOf();
    const second = child.start();
    started.push(second);
    await reaches(sent.txHash, 'credited');
    expect(await fenceOf()).toBe(fence + 1n);

    first.child.kill('SIGCONT');
    await Promise.any([first.waitFor('chain.lease_lost'), first.waitFor('chain.round_failed')]);
    first.child.kill('SIGTERM');
    const { stdout } = await first.finished;
    expect(stdout).not.toContain('"event":"deposit.credited"');
    const later = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 1n });
    await reaches(later.txHash, 'credited');
    expect(await balanceOf(db, org)).toBe(34n);
  } finally {
    for (const { child: one } of started) one.kill('SIGCONT');
    for (const { child: one } of started) one.kill('SIGTERM');
    await Promise.all(started.map(async ({ finished }) => finished));
    child.removeFiles();
  }
}

/** The longest allowed outage after a leader's end, up to the first posting of the next one. */
const FAILOVER_MS_MAX = 15_000;

interface LeaseTimes {
  readonly fence: bigint;
  readonly holder: string;
  /** By the database's clock, which decides about leases; so is `nowMs`. */
  readonly endsAtMs: number;
  readonly nowMs: number;
}

async function leaseOf(db: Database, chain: string): Promise<LeaseTimes | undefined> {
  const found = await queryRows<{ fence: string; holder: string; ends: number; now: number }>(
    db,
    `SELECT fence, holder, extract(epoch FROM expires_at)::float8 * 1000 AS ends,
       extract(epoch FROM clock_timestamp())::float8 * 1000 AS now FROM lease WHERE name = ?`,
    [`chain:${chain}`],
  );
  const [row] = found.rows;
  return row && { fence: BigInt(row.fence), holder: row.holder, endsAtMs: row.ends, nowMs: row.now };
}

/**
 * Two detectors with the service's own timing: the leader is killed outright, and the other posts what was pending once
 * the lease has ended, within 15 seconds of the kill.
 */
export async function replacesKilledLeader(bench: Bench): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const child = prepareDetectorChild([chain], database.appUrl);
  const env = { DETECTOR_OWN_TIMING: 'yes' };
  await db.raw('DELETE FROM chain_status');
  const started: RunningProgram[] = [child.start({ env })];
  try {
    const before = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 4n });
    await reaches(before.txHash, 'credited');
    started.push(child.start({ env }));
    // Each process reports on every chain under a name of its own.
    const reporting = async (): Promise<number> => {
      const found = await queryRows<unknown>(db, 'SELECT FROM chain_status WHERE chain = ?', [chain.caip2]);
      return found.rows.length;
    };
    await eventually(reporting, (count) => count === 2);
    const sent = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 9n });
    const killed = await leaseOf(db, chain.caip2);
    started[0]?.child.kill('SIGKILL');
    await reaches(sent.txHash, 'credited');
    const next = await leaseOf(db, chain.caip2);
    const posted = await queryRows<{ at: number }>(
      db,
      `SELECT extract(epoch FROM e.at)::float8 * 1000 AS at FROM entry e JOIN deposit d ON d.id = e.deposit WHERE d.tx_hash = ?`,
      [sent.txHash],
    );
    const postedAtMs = posted.rows[0]?.at ?? Infinity;
    if (!killed || !next) throw new Error('nobody led');
    expect([next.fence, next.holder === killed.holder]).toEqual([killed.fence + 1n, false]);
    // Not before the lease ends: until then nobody can know that its holder is gone.
    expect(postedAtMs).toBeGreaterThanOrEqual(killed.endsAtMs);
    expect(postedAtMs - killed.nowMs).toBeLessThan(FAILOVER_MS_MAX);
    expect(await balanceOf(db, org)).toBe(13n);
  } finally {
    for (const { child: one } of started) one.kill('SIGTERM');
    await Promise.all(started.map(async ({ finished }) => finished));
    child.removeFiles();
  }
}
