/** How the jobs of each process are: what they note of themselves, and what waits for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOBS, SILENT_MS, type JobRounds } from '../../src/core/desk/jobs.ts';
import { saveWorkerReports } from '../../src/db/chains/status.ts';
import { countWaiting, listJobs, saveJobs, WAITING_COUNTED_MAX } from '../../src/db/desk/jobs.ts';
import { jobsReply } from '../../src/http/admin/jobs.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode } from '../support/process/processes.ts';

/** Longer than the pause between two notes of a process. */
const NOTED_MS = 30_000;

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

async function jobs(): Promise<ReturnType<typeof jobsReply.parse>['jobs']> {
  const { status, json } = await api.call('GET', '/admin/jobs', { key: admin });
  expect(status).toBe(200);
  return jobsReply.parse(json).jobs;
}

const rounds: JobRounds = {
  job: 'expiry',
  startedAt: new Date(),
  endedAt: new Date(),
  durationMs: 12,
  nextAt: null,
  failedAt: null,
  problem: null,
  failures: 0,
};

describe('GET /admin/jobs', () => {
  it('has every job of the process, with its last round and the next', { timeout: 60_000 }, async () => {
    await expect
      .poll(
        async () =>
          (await jobs())
            .filter(({ endedAt }) => endedAt !== null)
            .map(({ job }) => job)
            .toSorted(),
        { timeout: NOTED_MS },
      )
      .toEqual(JOBS.filter((job) => job !== 'chain' && job !== 'job_notes').toSorted());
    const expiry = (await jobs()).find(({ job }) => job === 'expiry');
    expect(expiry).toMatchObject({ role: 'api', state: 'ok', failures: 0, problem: null, about: null, waiting: 0 });
    expect(Date.parse(expiry?.nextAt ?? '') - Date.parse(expiry?.endedAt ?? '')).toBe(5_000);
  });

  it('forgets a process that has ended', { timeout: 60_000 }, async () => {
    const before = new Set((await jobs()).map((one) => one.process));
    await api.restart();
    await expect.poll(async () => (await jobs()).length, { timeout: NOTED_MS }).toBeGreaterThan(0);
    const after = new Set((await jobs()).map((one) => one.process));
    expect([before.size, after.size, [...after].filter((one) => before.has(one))]).toEqual([1, 1, []]);
  });

  it('says which jobs fail, and which process is not heard of', async () => {
    const failed = { ...rounds, failedAt: new Date(), problem: 'Error: the\u0000 disk\nis full', failures: 2 };
    await saveJobs(api.db, { process: 'api:other:1:a', role: 'api', rounds: [failed], at: new Date() });
    const longAgo = new Date(Date.now() - SILENT_MS - 10_000);
    await saveJobs(api.db, { process: 'api:other:2:b', role: 'api', rounds: [rounds], at: longAgo });
    const others = (await jobs()).filter(({ process }) => process.startsWith('api:other'));
    expect(others).toMatchObject([
      { process: 'api:other:1:a', state: 'failing', failures: 2, problem: 'Error: the\ufffd disk is full' },
      { process: 'api:other:2:b', state: 'silent', durationMs: 12 },
    ]);
    const dayLater = new Date(Date.now() + 25 * 3_600_000);
    await saveJobs(api.db, { process: 'api:other:3:c', role: 'api', rounds: [rounds], at: dayLater });
    const left = (await listJobs(api.db)).filter(({ process }) => process.startsWith('api:other'));
    expect(left.map(({ process }) => process)).toEqual(['api:other:3:c']);
  });

  it('leaves out a job that only the next version has', async () => {
    await api.db.raw(
      `INSERT INTO job_status (process, job, role, failures, noted_at) VALUES ('api:next:1:a', 'of_tomorrow', 'api', 0, now())`,
    );
    expect((await jobs()).filter(({ process }) => process === 'api:next:1:a')).toEqual([]);
    await api.db.raw(`DELETE FROM job_status WHERE process = 'api:next:1:a'`);
  });

  it('has the detector of each chain, at work or ready to take over', async () => {
    const plain = { chain: EVM, headBlock: 9, nextBlock: 10, roundEndedAt: new Date().toISOString() };
    const at = new Date();
    for (const [holder, state, problem] of [
      ['det-1', 'running', null],
      ['det-2', 'standby', null],
      ['det-3', 'failing', 'no RPC answers'],
    ] as const) {
      await saveWorkerReports(api.db, { holder, rows: [{ ...plain, state, problem }], at });
    }
    expect((await jobs()).filter(({ job }) => job === 'chain')).toMatchObject([
      { process: 'det-1', about: EVM, role: 'detector', state: 'ok', endedAt: plain.roundEndedAt },
      { process: 'det-2', state: 'standby' },
      { process: 'det-3', state: 'failing', problem: 'no RPC answers' },
    ]);
  });

  it('is for operators alone', async () => {
    const { key, org } = await api.createCustomer();
    const platform = await api.createKey({ kind: 'platform' });
    for (const other of [key, platform]) {
      const { status, json } = await api.call('GET', '/admin/jobs', { key: other, headers: { 'coffer-org': org } });
      expect([status, json['code']]).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('is what the command line shows', { timeout: 60_000 }, async () => {
    const { stdout, code } = await startNode(['src/cli/main.ts', 'jobs', '--json'], {
      DATABASE_URL: api.database.appUrl,
    }).finished;
    expect(code).toBe(0);
    const shown = jobsReply.shape.jobs.parse((JSON.parse(stdout) as { jobs: unknown }).jobs);
    expect(shown.map(({ job }) => job)).toContain('expiry');
  });
});

it('what waits is counted as far as the bound', async () => {
  const waiting = async (): Promise<number | undefined> => (await countWaiting(api.db, new Date())).get('chain');
  const before = (await waiting()) ?? 0;
  const { id } = await writeDeposit(api.db, { state: 'confirming', reason: null });
  await writeDeposit(api.db, { state: 'ignored', reason: null });
  expect(await waiting()).toBe(before + 1);
  await api.db.raw(
    `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash,
       block_time, state, observed_at, updated_at)
     SELECT gen_random_uuid(), chain, token, tx_hash, n, from_address, to_address, amount, block_number, block_hash,
       block_time, state, observed_at, updated_at FROM deposit, generate_series(1, ?) AS n WHERE id = ?`,
    [WAITING_COUNTED_MAX + 5, id],
  );
  expect(await waiting()).toBe(WAITING_COUNTED_MAX);
});
