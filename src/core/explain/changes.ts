/** The nearest changes that would have turned a decision round: found by running the rule again, never by a formula. */
import { WalletBudgets } from '../budgets/budget.ts';
import { toCount } from '../integers.ts';
import type { Command } from '../ledger/commands.ts';
import { HoldBook } from '../ledger/hold-book.ts';
import { debtOf, DEPOSIT_TERMS, spendsBefore, type Head, type OpenLot } from '../ledger/head.ts';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { judge, type Situation } from './judge.ts';

/** One change that would have turned the decision round. Amounts in micros; those of `amount` and `available` are signed. */
export type Change =
  | { readonly of: 'available'; readonly byMicros: bigint }
  | { readonly of: 'amount'; readonly byMicros: bigint }
  /** So much more in each budget that it counts in. */
  | { readonly of: 'budget'; readonly byMicros: bigint }
  /** In millionths of the unit. */
  | { readonly of: 'quantity'; readonly by: bigint }
  /** So much earlier, in milliseconds. */
  | { readonly of: 'time'; readonly earlierMs: number }
  | { readonly of: 'openHolds' | 'overrun' | 'frozen' | 'restricted' | 'suspension' };

/** How a command could have found another state. */
export interface Others {
  /** The payer was suspended: that alone refused the command, whatever the rule says. */
  readonly suspended?: boolean | undefined;
  /** The same command on the wallet before its hold was closed, at the last moment at which that was open. */
  readonly beforeClosing?: Situation | undefined;
}

/** The largest change of time that is looked for. */
const EARLIER_MS_MAX = 35 * 24 * 3_600_000;

/**
 * What would have turned the decision round, the most telling first; empty where no single change that is known here does.
 * @param accepted whether the command was accepted
 */
export function nearestChanges(situation: Situation, accepted: boolean, others: Others = {}): Change[] {
  const turns = (other: Situation): boolean => (judge(other).entries !== undefined) !== accepted;
  if (others.suspended === true) {
    return !accepted && judge(situation).entries !== undefined ? [{ of: 'suspension' }] : [];
  }
  if (accepted) return [...lessAvailable(situation, turns), ...moreAsked(situation, turns)];
  return [
    ...switches(situation, turns),
    ...largerBudgets(situation, turns),
    ...moreAvailable(situation, turns),
    ...lessAsked(situation, turns),
    ...earlier(situation, others.beforeClosing),
  ];
}

type Turns = (other: Situation) => boolean;

/** The smallest number from 1 to `max` for which a condition holds that goes on holding above it; undefined if it never does. */
function smallest(max: bigint, holds: (by: bigint) => boolean): bigint | undefined {
  if (max < 1n || !holds(max)) return undefined;
  let [low, high] = [1n, max];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

function moreAvailable(situation: Situation, turns: Turns): Change[] {
  const by = smallest(AMOUNT_MICROS_MAX, (more) => turns({ ...situation, head: richer(situation.head, more) }));
  return by === undefined ? [] : [{ of: 'available', byMicros: by }];
}

function largerBudgets(situation: Situation, turns: Turns): Change[] {
  const { list, counters } = situation.head.budgets;
  if (list.length === 0) return [];
  const by = smallest(AMOUNT_MICROS_MAX, (more) => {
    const larger = list.map((budget) => ({ ...budget, limitMicros: budget.limitMicros + more }));
    return turns({ ...situation, head: { ...situation.head, budgets: new WalletBudgets(larger, counters) } });
  });
  return by === undefined ? [] : [{ of: 'budget', byMicros: by }];
}

function lessAvailable(situation: Situation, turns: Turns): Change[] {
  const { available } = situation.head;
  const by = smallest(available, (less) => turns({ ...situation, head: poorer(situation.head, less) }));
  return by === undefined ? [] : [{ of: 'available', byMicros: -by }];
}

function lessAsked(situation: Situation, turns: Turns): Change[] {
  const { command } = situation;
  const asked = askedOf(command);
  if (!asked) return [];
  const by = smallest(asked.amount - 1n, (less) => turns({ ...situation, command: asked.with(asked.amount - less) }));
  return by === undefined ? [] : [asked.change(-by)];
}

function moreAsked(situation: Situation, turns: Turns): Change[] {
  const asked = askedOf(situation.command);
  if (!asked || asked.isPriced) return [];
  const by = smallest(AMOUNT_MICROS_MAX, (more) => turns({ ...situation, command: asked.with(asked.amount + more) }));
  return by === undefined ? [] : [asked.change(by)];
}

interface Asked {
  readonly amount: bigint;
  readonly isPriced: boolean;
  readonly with: (amount: bigint) => Command;
  readonly change: (by: bigint) => Change;
}

/** What a command that spends asks for, an amount or a quantity; undefined for others. */
function askedOf(command: Command): Asked | undefined {
  if (command.op === 'grow') {
    const { add } = command;
    return {
      amount: 'byMicros' in add ? add.byMicros : add.toMicros,
      isPriced: false,
      with: (micros) => ({ ...command, add: 'byMicros' in add ? { byMicros: micros } : { toMicros: micros } }),
      change: (byMicros) => ({ of: 'amount', byMicros }),
    };
  }
  if (command.op === 'credit' && command.refundOf !== undefined) {
    return {
      amount: command.amountMicros,
      isPriced: false,
      with: (amountMicros) => ({ ...command, amountMicros }),
      change: (byMicros) => ({ of: 'amount', byMicros }),
    };
  }
  if (command.op === 'capture' || (command.op === 'debit' && command.mayOwe !== true) || command.op === 'hold') {
    const priced = command.op === 'capture' ? undefined : command.priced;
    if (priced && command.op !== 'capture') {
      return {
        amount: priced.quantity,
        isPriced: true,
        with: (quantity) => ({ ...command, priced: { ...priced, quantity } }),
        change: (by) => ({ of: 'quantity', by }),
      };
    }
    if (command.amountMicros > 0n) {
      return {
        amount: command.amountMicros,
        isPriced: false,
        with: (amountMicros) => ({ ...command, amountMicros }),
        change: (byMicros) => ({ of: 'amount', byMicros }),
      };
    }
  }
  return undefined;
}

/** Changes that have no size. */
function switches(situation: Situation, turns: Turns): Change[] {
  const { head, frozen, command } = situation;
  const changes: Change[] = [];
  if (command.op === 'hold' && turns({ ...situation, head: { ...head, holds: HoldBook.of([]) } })) {
    changes.push({ of: 'openHolds' });
  }
  if (frozen.size > 0 && turns({ ...situation, frozen: new Set() })) changes.push({ of: 'frozen' });
  if (head.lots.some(({ terms }) => terms.restrictedTo) && turns({ ...situation, head: unrestricted(head) })) {
    changes.push({ of: 'restricted' });
  }
  if (command.op === 'capture' && !command.allowOverrun) {
    if (turns({ ...situation, command: { ...command, allowOverrun: true } })) changes.push({ of: 'overrun' });
  }
  return changes;
}

function earlier({ atMs }: Situation, before: Situation | undefined): Change[] {
  if (!before) return [];
  const isAccepted = (by: bigint): boolean => judge({ ...before, atMs: atMs - toCount(by) }).entries !== undefined;
  const max = BigInt(Math.min(Math.max(atMs - before.head.atMs, 0), EARLIER_MS_MAX));
  const by = smallest(max, isAccepted);
  return by === undefined ? [] : [{ of: 'time', earlierMs: toCount(by) }];
}

/** The head with the same credit, all of which may pay for everything. */
function unrestricted(head: Head): Head {
  const lots = head.lots.map((open) => ({ ...open, terms: { ...open.terms, restrictedTo: undefined } }));
  return { ...head, lots: lots.toSorted(spendsBefore) };
}

/** The head with more credit, in a lot of its own that pays debt first. */
function richer(head: Head, more: bigint): Head {
  const debt = debtOf(head);
  const left = more > debt ? more - debt : 0n;
  const lots = left === 0n ? head.lots : [...head.lots, { lot: head.seq + 1, left, terms: DEPOSIT_TERMS }];
  return { ...head, available: head.available + more, lots: lots.toSorted(spendsBefore) };
}

/** The head with less credit: what is spent last is taken away. */
function poorer(head: Head, less: bigint): Head {
  let missing = less;
  const lots: OpenLot[] = [];
  for (const open of head.lots.toReversed()) {
    const taken = open.left < missing ? open.left : missing;
    missing -= taken;
    if (open.left > taken) lots.unshift({ ...open, left: open.left - taken });
  }
  return { ...head, available: head.available - less, lots };
}
