/** Runs the rule of the ledger on the state that a wallet had at some time. Nothing is written. */
import { Refusal } from '../errors.ts';
import { ledgerKey } from '../ids.ts';
import type { Command } from '../ledger/commands.ts';
import { decide } from '../ledger/decide.ts';
import { inputHash, type Entry } from '../ledger/entry.ts';
import type { Head } from '../ledger/head.ts';
import { Posting } from '../ledger/posting.ts';
import type { PriceRow } from '../pricing/price-book.ts';
import type { RefundableCharge } from '../refunds/refund.ts';

/** A command, and everything that the rule looks at when it judges it. */
export interface Situation {
  readonly head: Head;
  /** Lots that nothing was spent from. */
  readonly frozen: ReadonlySet<number>;
  readonly command: Command;
  readonly atMs: number;
  /** Rows of the price book at that time, for a priced command. */
  readonly prices?: readonly PriceRow[] | undefined;
  /** The charge that the command gives back, as it was then; undefined where the wallet had none. */
  readonly charge?: RefundableCharge | undefined;
}

/** What the rule says: entries, which are none where it settled what was overdue and did nothing else, or a refusal. */
export type RuleAnswer =
  | { readonly entries: readonly Entry[]; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly entries?: never };

/** What is overdue is settled in steps of some 200 entries; more steps than this are not made. */
const STEPS_MAX = 1_000;
const SALT = '00'.repeat(16);

/** Judges a command. For `settle` the entries are those of what was overdue. */
export function judge({ head, frozen, command, atMs, prices, charge }: Situation): RuleAnswer {
  const posting = new Posting(head, frozen);
  if (command.op === 'credit' && command.refundOf !== undefined) posting.refunds.learn(command.refundOf, charge);
  const intent = { key: ledgerKey('client', 'explain'), inputHash: inputHash('explain'), salt: SALT, atMs, prices };
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const decision = decide(posting, command, intent);
    if (decision.again === true) continue;
    if (decision.refusal) return { refusal: decision.refusal };
    return { entries: command.op === 'settle' ? posting.entries : decision.entries };
  }
  return { refusal: new Refusal('LEDGER_UNAVAILABLE', 'too much was overdue in this wallet') };
}

/** Whether two lists of entries move the same: amounts, cards, lots, holds and accounts, entry by entry. */
export function movesAlike(some: readonly Entry[], others: readonly Entry[]): boolean {
  return some.length === others.length && some.every((entry, index) => isAlike(entry, others[index]));
}

function isAlike(one: Entry, other: Entry | undefined): boolean {
  return (
    other !== undefined &&
    one.type === other.type &&
    one.availableDelta === other.availableDelta &&
    one.heldDelta === other.heldDelta &&
    one.available === other.available &&
    one.held === other.held &&
    one.giftDelta === other.giftDelta &&
    one.giftHeld === other.giftHeld &&
    one.lot === other.lot &&
    one.lotLeft === other.lotLeft &&
    one.hold === other.hold &&
    one.contra === other.contra
  );
}
