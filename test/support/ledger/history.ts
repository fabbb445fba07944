import { uuidV7 } from '../../../src/core/ids.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { inputHash, type Entry } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { createSteppedClock, type SteppedClock } from '../fake-clock.ts';
import { debitOf, depositOf } from './wallets.ts';

const USD = 1_000_000n;
const GRANT_TERMS = { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true, refundable: false } as const;

/** A writer with a fixed clock, for histories that are the same every time. */
export function openSteppedWriter(url: string): { writer: LedgerWriter; clock: SteppedClock } {
  const clock = createSteppedClock();
  return { clock, writer: openLedgerWriter({ url, clock, deadlineMs: 10_000 }) };
}

/** Submits one command; returns its entries. */
export async function carryOut(writer: LedgerWriter, wallet: string, command: Command): Promise<readonly Entry[]> {
  const key = uuidV7(Date.now());
  return (await writer.submit({ wallet, command, key, inputHash: inputHash(JSON.stringify(command.op)) })).entries;
}

const holdOf = (usd: bigint, durationMs: number): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros: usd * USD,
  gift: false,
  durationMs,
  notes: { reference: 'job' },
});

const captureOf = (hold: number, usd: bigint, final: boolean): Command => ({
  op: 'capture',
  hold,
  amountMicros: usd * USD,
  final,
  allowOverrun: true,
  giftCardMaxMicros: USD,
});

/**
 * Writes 21 entries of about every kind: 1 a deposit with two gift cards, 2 a grant that expires, 3-4 a debit over both
 * lots, 5 a hold, 6 a captured part, 7 its capture, 8 a hold that expires, 9 a hold that stays, 10 it is extended, 11-12
 * gift cards held, 13 one used, 14 a grant, 15 its expiry, 16 the expired hold's release, 17-20 debits, 21 a deposit.
 */
export async function writeHistory(url: string, wallet: string): Promise<readonly number[]> {
  const { writer, clock } = openSteppedWriter(url);
  const seqs: number[] = [];
  const write = async (command: Command): Promise<void> => {
    for (const { seq } of await carryOut(writer, wallet, command)) seqs.push(seq);
  };
  const grant = (usd: bigint): Command => ({
    op: 'credit',
    type: 'GRANT',
    amountMicros: usd * USD,
    contra: 'expenses:promo',
    terms: { ...GRANT_TERMS, expiresAtMs: clock.nowMs() + 60_000 },
  });
  const card: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 600_000 };
  await write({ ...depositOf(wallet, 50n).command, giftCards: 2 } as Command);
  await write(grant(3n));
  await write(debitOf(wallet, 5n).command);
  await write(holdOf(10n, 600_000));
  await write(captureOf(5, 2n, false));
  await write(captureOf(5, 4n, true));
  await write(holdOf(5n, 60_000));
  await write(holdOf(6n, 600_000));
  await write({ op: 'extend', hold: 9, durationMs: 1_200_000 });
  await write(card);
  await write(card);
  await write(captureOf(11, 1n, true));
  await write(grant(2n));
  clock.step(70_000);
  for (const usd of [1n, 2n, 3n, 4n]) await write(debitOf(wallet, usd).command);
  await write(depositOf(wallet, 1n).command);
  await writer.stop();
  return seqs;
}
