import { expect, test } from 'vitest';
import { walletId } from '../../core/ids.ts';
import { servicesOf } from '../../core/ledger/vocabulary.ts';
import type { Database } from '../../db/database.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { debit } from '../treasury/debit.ts';
import { carryOut, type About } from './command.ts';
import { payingUser, type Payer } from './payer.ts';

type Submission = Parameters<LedgerWriter['submit']>[0];

/** Runs a debit of one dollar for a payer; gives what was submitted to the ledger. */
async function debitOf(payer: Payer): Promise<Submission[]> {
  const submitted: Submission[] = [];
  const about: About = {
    payer,
    holds: { defaultMs: 1_000, maxMs: 1_000, openMax: 10 },
    services: servicesOf(),
    giftCardMaxMicros: 0n,
  };
  const call = { ...debit.read({ serviceType: 'AI_API', amountUsd: 1_000_000n }, about), reply: () => ({}) };
  const parts = {
    db: { raw: async () => Promise.resolve({ rows: [], rowCount: 0 }) } as unknown as Database,
    clock: createFakeClock(),
    writer: {
      submit: async (submission: Submission) => {
        submitted.push(submission);
        return Promise.resolve({ entries: [], replayed: false });
      },
    },
  };
  await carryOut(parts, payer, call, { text: 'key-1' });
  return submitted;
}

test("a user's command reaches the wallet of that user", async () => {
  const [submission, ...more] = await debitOf(payingUser('auth0|42'));
  expect(more).toEqual([]);
  expect(submission).toMatchObject({
    wallet: walletId({ kind: 'user', id: 'auth0|42' }),
    command: { op: 'debit', amountMicros: 1_000_000n },
  });
  expect(submission?.wallet).not.toBe(walletId({ kind: 'org', id: 'auth0|42' }));
});

test('the same input of two users is not the same request', async () => {
  const [one] = await debitOf(payingUser('a'));
  const [other] = await debitOf(payingUser('b'));
  expect(one?.inputHash).not.toBe(other?.inputHash);
});

test('a user who is suspended starts nothing', async () => {
  await expect(debitOf(payingUser('a', { suspended: true }))).rejects.toMatchObject({
    code: 'USER_SUSPENDED',
    message: 'the user is suspended; an operator can lift that',
  });
});
