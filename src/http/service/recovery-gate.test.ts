import { expect, test } from 'vitest';
import type { Outcome, Submission } from '../../db/ledger/submission.ts';
import { gateWriter } from './recovery-gate.ts';

test('a writer takes no command of another process while the database may lack what it had', async () => {
  const taken: string[] = [];
  let problem: string | undefined;
  const outcome: Outcome = { entries: [], replayed: false };
  const writer = gateWriter(
    {
      submit: async ({ key }) => {
        taken.push(key);
        return Promise.resolve(outcome);
      },
      status: () => ({ ready: true, problem: undefined, queued: 0, writes: 0 }),
      stop: async () => Promise.resolve(),
      confirmed: () => [],
    },
    () => problem,
  );
  const ask = async (key: string): Promise<unknown> => {
    const submission: Submission = { wallet: 'w', key, inputHash: '00', command: { op: 'release', hold: 5 } };
    return writer.submit(submission).catch((error: unknown) => error);
  };
  expect(await ask('before')).toBe(outcome);
  problem = 'an entry is missing';
  expect(await ask('meanwhile')).toMatchObject({ code: 'RECOVERY_REQUIRED' });
  expect(taken).toEqual(['before']);
});
