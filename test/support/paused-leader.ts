/** A leader that stands still for longer than its lease, as in a long collection of garbage or on a machine that sleeps. */
import { expect } from 'vitest';
import { prepareDetectorChild } from './detector-child.ts';
import { balanceOf, eventually, newOrg } from './detector-bench.ts';
import type { Bench } from './chain-bench.ts';
import type { RunningProgram } from './processes.ts';

/** Lets a leader stop at the failpoint, another one take over, and the first go on: what it meant to write is refused. */
export async function pausesLeader(bench: Bench, failpoint: string): Promise<void> {
  const { chain, db, database, takeAccount, reaches } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const fenceOf = async (): Promise<bigint> => {
    const lease: { rows: { fence: string }[] } = await db.raw('SELECT fence FROM lease WHERE name = ?', [
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
