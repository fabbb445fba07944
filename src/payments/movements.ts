/** Writes the movements of an order to the ledger: its credit, what is taken back, and what returns. */
import type { Clock } from '../core/clock.ts';
import { walletOfOrder } from '../core/billing/order.ts';
import type { CreditCommand, DebitCommand } from '../core/ledger/commands.ts';
import { inputHash } from '../core/ledger/entry.ts';
import type { LotTerms } from '../core/ledger/head.ts';
import {
  closeMovement,
  decideMovements,
  movementKey,
  type DueMovements,
  type OrderMovement,
} from '../db/billing/movements.ts';
import type { Database } from '../db/database.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';

/** Most times that one call asks what is due: credit, what is taken back, and what facts bring in between. */
const ROUNDS_MAX = 8;

/** Terms of credit that was paid at a checkout: spent after credit that was given away; may be returned to its payer. */
const PAID: LotTerms = {
  source: 'card',
  priority: 100,
  promotional: false,
  refundable: true,
  transferable: false,
  expiresAtMs: null,
};
/** Terms of credit above the price. */
const BONUS: LotTerms = { ...PAID, source: 'grant', priority: 50, promotional: true, refundable: false };

/** What writing needs. */
export interface SettleMeans {
  /** Sees every org. */
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
}

/**
 * Writes what is due for an order, until nothing is.
 * @returns `frozen` when its rail is, and something waits for the release
 * @throws Refusal LEDGER_UNAVAILABLE: a later call goes on.
 */
export async function writeMovements({ db, writer, clock }: SettleMeans, order: string): Promise<'written' | 'frozen'> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const now = await decideMovements(db, order, new Date(clock.nowMs()));
    if (now === 'frozen') return 'frozen';
    if (!now) break;
    for (const movement of now.due) {
      const name = `${order}:${movement.n}`;
      const { kind, amountMicros, giftCards } = movement;
      const { entries } = await writer.submit({
        wallet: walletOfOrder(now.order),
        command: commandOf(now, movement),
        key: movementKey(movement),
        inputHash: inputHash(`payment:${name}:${kind}:${amountMicros}:${giftCards}`),
      });
      const [first] = entries;
      if (!first) throw new Error('a movement without an entry');
      const cardsMoved = Math.abs(entries.reduce((sum, { giftDelta }) => sum + giftDelta, 0));
      await closeMovement(db, { order, n: movement.n, entrySeq: first.seq, cardsMoved }, new Date(clock.nowMs()));
    }
  }
  return 'written';
}

function commandOf(
  now: DueMovements,
  { kind, amountMicros, giftCards, lot }: OrderMovement,
): CreditCommand | DebitCommand {
  const lotOf = (credit: OrderMovement['kind']): number | undefined =>
    now.written.find((one) => one.kind === credit)?.entrySeq ?? undefined;
  const rail = `assets:${now.account}`;
  const ends = { expiresAtMs: now.order.creditEndsAtMs };
  const shared = { amountMicros, giftCards, packOrder: now.order.id };
  const paidLot = lotOf('credit_paid');
  const bonusLot = lotOf('credit_bonus');
  const lotsFirst = [paidLot, bonusLot].filter((one) => one !== undefined);
  const bonusType = now.order.recurring ? 'SUBSCRIPTION_GRANT' : 'GRANT';
  const back = lot === null ? {} : { lot, terms: { ...(lot === paidLot ? PAID : BONUS), ...ends } };
  switch (kind) {
    case 'credit_paid':
      return {
        ...shared,
        op: 'credit',
        type: 'DEPOSIT',
        contra: rail,
        terms: { ...PAID, ...ends },
        notes: { remark: now.order.recurring ? 'Subscription' : 'Card payment' },
      };
    case 'credit_bonus':
      return { ...shared, op: 'credit', type: bonusType, contra: 'expenses:promo', terms: { ...BONUS, ...ends } };
    case 'take_paid':
      return {
        ...shared,
        op: 'debit',
        type: 'CLAWBACK',
        contra: rail,
        lotsFirst,
        mayOwe: true,
        mustTake: true,
      };
    case 'take_bonus':
      return {
        ...shared,
        op: 'debit',
        type: 'GRANT_REVERSAL',
        contra: 'expenses:promo',
        lotsFirst,
        mayOwe: true,
      };
    case 'give_paid':
      return {
        ...shared,
        op: 'credit',
        type: 'CLAWBACK_REVERSAL',
        contra: rail,
        terms: { ...PAID, ...ends },
        lot: paidLot,
        ...back,
      };
    case 'give_bonus':
      return {
        ...shared,
        op: 'credit',
        type: 'GRANT_REVERSAL',
        contra: 'expenses:promo',
        terms: { ...BONUS, ...ends },
        lot: bonusLot,
        ...back,
      };
    default:
      return kind satisfies never;
  }
}
