/** What the ledger would answer to commands at this moment, from the same rule. Nothing is written. */
import { Refusal } from '../../core/errors.ts';
import { holdsNamedBy, type Intent } from '../../core/ledger/commands.ts';
import { decide } from '../../core/ledger/decide.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { isWrittenFor } from '../../core/ledger/former-keys.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { listBudgetsLeft } from '../budgets/state.ts';
import type { Database } from '../database.ts';
import { findCharge } from '../refunds/charges.ts';
import { chargeNamedBy } from '../refunds/named-charges.ts';
import { findSettled, listByKeys } from './entries.ts';
import { BatchPrices } from '../pricing/batch-prices.ts';
import type { PriceSource } from '../../core/pricing/stamp.ts';
import { openPosting } from './balance-now.ts';
import { countOpenHolds, readOpenHolds } from './heads.ts';
import type { Outcome, Submission } from './submission.ts';
import type { LedgerWriter } from './writer.ts';

/** What is overdue is settled in steps; after so many of them the answer is that the ledger is busy. */
const SETTLING_STEPS_MAX = 1_000;
/** The texts are never stored, so that their salt protects nothing. */
const SALT = '00'.repeat(16);

/** Judges commands in place of a writer, one after the other, each on those before it. */
export interface Preview extends Pick<LedgerWriter, 'submit'> {
  /** Seq of the wallet's last entry: entries with a higher one are not written. */
  readonly headSeq: number;
}

/**
 * Opens a preview of one wallet as it is now. A wallet that does not exist refuses every command.
 * @param source the price book, of which nothing is read yet; left out: no command may be priced
 */
export async function openPreview(db: Database, wallet: string, nowMs: number, source?: PriceSource): Promise<Preview> {
  const prices = new BatchPrices(source);
  const posting = await openPosting(db, wallet, nowMs);
  const headSeq = posting ? posting.nextSeq - 1 : 0;
  let turn: Promise<unknown> = Promise.resolve();
  const judge = async (submission: Submission): Promise<Outcome> => {
    if (!posting || submission.wallet !== wallet) throw new Refusal('NOT_FOUND', 'no such wallet');
    const { key, formerKeys = [] } = submission;
    const written = await listByKeys(db, wallet, [key, ...formerKeys]);
    const known = [...written, ...posting.entries].filter((entry) => isWrittenFor(entry, submission));
    if (known.length === 0) {
      const { command } = submission;
      const lacking = holdsNamedBy(command).filter((hold) => posting.lacksHold(hold));
      if (lacking.length > 0) posting.learn(await readOpenHolds(db, wallet, lacking));
      if (command.op === 'hold' && !posting.openHolds.isExact) {
        posting.count({ atMost: await countOpenHolds(db, wallet), isExact: true });
      }
      const charge = chargeNamedBy(command);
      if (charge !== undefined) posting.refunds.learn(charge, await findCharge(db, wallet, { charge }));
      await prices.load([command]);
      return decideNow(posting, submission, { atMs: nowMs, prices: prices.of(command) });
    }
    const outcome = again(known, submission);
    const settled = await findSettled(db, outcome.entries);
    const budgets = await listBudgetsLeft(db, wallet, outcome.entries[0]?.seq ?? 0);
    return { ...outcome, ...(settled ? { settled } : {}), ...(budgets.length > 0 ? { budgets } : {}) };
  };
  return {
    headSeq,
    submit: async (submission) => {
      const mine = turn.then(async () => judge(submission));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function again(known: readonly Entry[], { inputHash }: Submission): Outcome {
  const entries = known.filter(({ key }) => key === known[0]?.key);
  if (entries[0]?.inputHash === inputHash) return { entries, replayed: true };
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request');
}

function decideNow(posting: Posting, submission: Submission, by: Pick<Intent, 'atMs' | 'prices'>): Outcome {
  const { command, key, inputHash, idempotencyKey } = submission;
  for (let step = 0; step < SETTLING_STEPS_MAX; step += 1) {
    const decision = decide(posting, command, { ...by, key, inputHash, idempotencyKey, salt: SALT });
    if (decision.refusal) throw decision.refusal;
    if (decision.again === undefined) return { ...decision, replayed: false };
  }
  throw new Refusal('LEDGER_UNAVAILABLE', 'too much is overdue in this wallet; try again later');
}
