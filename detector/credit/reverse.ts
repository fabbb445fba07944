/** Reverses the credits of deposits that are no longer in the chain. */
import { Refusal } from '../../src/core/errors.ts';
import { formatEntryId, ledgerKey } from '../../src/core/ids.ts';
import type { DebitCommand } from '../../src/core/ledger/commands.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { usdcAccount } from '../../src/core/ledger/vocabulary.ts';
import { formatUsd } from '../../src/core/money.ts';
import { closeReversals, decideReversals, type DueReversal, type Reversed } from '../../src/db/deposits/reversals.ts';
import type { Lease } from '../../src/db/leases.ts';
import type { ChainContext } from '../chain/context.ts';
import { creditFields, writeCredit } from './entry.ts';

const BATCH_SIZE_MAX = 256;

/**
 * Reverses every credited deposit that left the chain, once per revision; an amount that is already spent becomes debt.
 * Each reversal is an alarm. One that was interrupted or refused is tried again by the next call, and does not hold up the
 * others.
 * @throws LeaseLost, Refusal LEDGER_UNAVAILABLE.
 */
export async function reverseOrphans(context: ChainContext, lease: Lease): Promise<void> {
  const { db, chain, clock } = context;
  let after: DueReversal | undefined;
  for (;;) {
    const at = new Date(clock.nowMs());
    const due = await decideReversals(db, lease, { chain, after, limit: BATCH_SIZE_MAX, at });
    after = due.at(-1);
    if (after === undefined) return;
    const outcomes = await Promise.all(due.map(async (one) => writeReversal(context, one)));
    const written = outcomes.flatMap((outcome) => (outcome instanceof Refusal ? [] : [outcome]));
    await closeReversals(db, lease, written, at);
    const away = outcomes.find((outcome) => outcome instanceof Refusal && outcome.code === 'LEDGER_UNAVAILABLE');
    if (away instanceof Refusal) throw away;
  }
}

async function writeReversal(context: ChainContext, due: DueReversal): Promise<Reversed | Refusal> {
  const { chain, ledger, log } = context;
  const lot = due.entrySeq ?? (await creditFirst(context, due));
  if (lot instanceof Refusal) return lot;
  const command: DebitCommand = {
    op: 'debit',
    type: 'DEPOSIT_REVERSAL',
    amountMicros: due.amountMicros,
    contra: usdcAccount(chain),
    lotsFirst: [lot],
    mayOwe: true,
    giftCards: due.cardsBack,
    deposit: due.id,
    notes: { reference: due.txHash, remark: `USDC deposit on ${chain} taken back by the chain` },
  };
  const name = `${due.id}:${due.revision}:reversal`;
  const fields = { chain, txHash: due.txHash, deposit: due.id, org: due.org, amountUsd: formatUsd(due.amountMicros) };
  try {
    const { entries } = await ledger.submit({
      wallet: due.wallet,
      command,
      key: ledgerKey('deposit', name),
      inputHash: inputHash(`deposit:${name}:${due.amountMicros}:${due.wallet}:${due.cardsBack}`),
    });
    const last = entries.at(-1);
    const cardsTaken = entries.reduce((sum, { giftDelta }) => sum - giftDelta, 0);
    log.error({
      event: 'deposit.reversed',
      ...fields,
      entry: formatEntryId(due.wallet, BigInt(last?.seq ?? 0)),
      balanceUsd: formatUsd(last?.available ?? 0n),
      giftCards: cardsTaken,
    });
    return { id: due.id, revision: due.revision, cardsTaken };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.error({ event: 'deposit.reversal_refused', ...fields, code: error.code });
    return error;
  }
}

/**
 * Writes a credit that was decided and is not known to be written: an earlier leader may be writing it at this moment.
 * Its key makes that one entry, which the reversal then takes back.
 * @returns the entry's seq, which is its lot.
 */
async function creditFirst(context: ChainContext, due: DueReversal): Promise<number | Refusal> {
  const entry = await writeCredit(context, due);
  if (entry instanceof Refusal) return entry;
  context.log.warn({ event: 'deposit.credited_to_be_reversed', ...creditFields(context, due, entry) });
  return entry.seq;
}
