/** Commands as tests submit them, and their outcomes. */
import { Refusal } from '../../../src/core/errors.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { inputHash } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import type { Submission } from '../../../src/db/ledger/submission.ts';

const USD = 1_000_000n;

/** The code of a refusal, or 'accepted'. */
export const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

export const submissionOf = (wallet: string, command: Command, key: string): Submission => ({
  wallet,
  command,
  key,
  inputHash: inputHash(`${command.op} ${key}`),
});

export const holdOf = (usd: bigint, durationMs: number): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros: usd * USD,
  gift: false,
  durationMs,
});

export const captureOf = (hold: number, usd: bigint, final = true): Command => ({
  op: 'capture',
  hold,
  amountMicros: usd * USD,
  final,
  allowOverrun: false,
  giftCardMaxMicros: USD,
});

/** A grant of promotional credit that expires. */
export const grantOf = (usd: bigint, expiresAtMs: number): Command => ({
  op: 'credit',
  type: 'GRANT',
  amountMicros: usd * USD,
  contra: 'expenses:promo',
  terms: { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true, refundable: false, expiresAtMs },
});
