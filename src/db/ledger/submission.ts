/** What a caller submits to the ledger writer, what the writer answers, and the command that waits for that. */
import type { Entry } from '../../core/ledger/entry.ts';
import { Refusal } from '../../core/errors.ts';
import type { Decision, FreeCharge, JudgedAt } from '../../core/ledger/decide.ts';
import type { BudgetLeft } from '../../core/budgets/budget.ts';
import type { Balances } from '../../core/ledger/head.ts';
import { UsageMoved } from '../../core/pricing/usage.ts';
import { usageOf } from '../pricing/batch-prices.ts';
import type { LeftAfter } from '../budgets/state.ts';
import type { KeyedCommand } from '../../core/ledger/former-keys.ts';
import type { SpanContext } from '../tracing.ts';
import { mayBeSettled } from './entries.ts';

/** One command for one wallet. */
export interface Submission extends KeyedCommand {
  readonly wallet: string;
  /** 16-byte key as UUID text, from ledgerKey(). */
  readonly key: string;
  /** The key as the caller named it, unless that is `key` itself; the entry shows it. */
  readonly idempotencyKey?: string | undefined;
  /** Whether nobody waits for the answer any more: the command is dropped then, unless it is judged already. */
  readonly isGone?: (() => boolean) | undefined;
  /** From inputHash(): a later command with the same key must have the same one. */
  readonly inputHash: string;
  /** The span of its caller, where work is traced. */
  readonly trace?: SpanContext | undefined;
}

/** What a command did. */
export interface Outcome {
  /** The entries written under the command's key, in order. */
  readonly entries: readonly Entry[];
  /** True when the same key was used before; `entries` are those of the first time. */
  readonly replayed: boolean;
  /**
   * The balances after what the command made overdue was settled; undefined where it made nothing so, and the balances
   * after its last entry are the answer.
   */
  readonly settled?: Balances;
  /** What was left of each budget that it counts in, right after it; left out where it counts in none. */
  readonly budgets?: readonly BudgetLeft[];
  /** Of a priced command that costs nothing, and so wrote no entry and used no key. */
  readonly free?: FreeCharge;
  /** What a capture left in its hold, in micros; undefined for other commands and when replayed. */
  readonly holdLeft?: bigint;
  /** What the parent of that hold has left then, in micros; zero where it has none. */
  readonly parentLeft?: bigint;
}

/** A command whose caller waits for the answer. */
export interface Pending {
  readonly submission: Submission;
  /** When it arrived, by the clock. */
  readonly atMs: number;
  /** The same in time that nobody sets: its deadline goes by it. */
  readonly arrivedMs: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** Answered, which includes a deadline that has passed. */
  settled: boolean;
  /** The salt of what its caller wrote, in hex: the same however often it is judged. */
  salt?: string | undefined;
  /** Its key was used recently: the outcome may be in the ledger already. */
  usedLately: boolean;
  /** A batch took it before and had no room for it, or has to settle more first: its key is its own. */
  putBack?: boolean | undefined;
  /** Hash of the first entry of our last try to write it. An entry with this hash, found after a lost answer, is ours. */
  triedHash?: string | undefined;
}

/** Answers a command, unless it was answered before. */
export function settle(pending: Pending, answer: () => void): void {
  if (pending.settled) return;
  pending.settled = true;
  answer();
}

/** Answers a command with what was found under its key: as a replay, unless it is what this process wrote. */
export function answerAgain(pending: Pending, outcome: Omit<Outcome, 'replayed'>): void {
  settle(pending, () => {
    const [first] = outcome.entries;
    const replayed = first?.hash !== pending.triedHash;
    if (first?.inputHash === pending.submission.inputHash) pending.resolve({ ...outcome, replayed });
    else pending.reject(new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request'));
  });
}

/** Answers a command as it was decided. */
export function resolveWith({ resolve, reject }: Pending, decision: Exclude<Decision, { again: true }>): void {
  if (decision.refusal) {
    if (decision.judged) noteJudged(decision.refusal, decision.judged);
    reject(decision.refusal);
  } else resolve({ ...decision, replayed: false });
}

const judgedAt = new WeakMap<Refusal, JudgedAt>();

/** Keeps on which head the rule refused a command, for {@link findJudged}. */
export function noteJudged(refusal: Refusal, at: JudgedAt): void {
  judgedAt.set(refusal, at);
}

/** On which head the rule refused a command; undefined where it was not the rule that refused it. */
export function findJudged(refusal: Refusal): JudgedAt | undefined {
  return judgedAt.get(refusal);
}

/** The wallets of commands, each once. */
export function walletsOf(pendings: readonly Pending[]): string[] {
  return [...new Set(pendings.map(({ submission }) => submission.wallet))];
}

/** True for two submissions with the same wallet and key, of which the ledger takes only one. */
export function isSameIntent(a: Submission, b: Submission): boolean {
  return a.key === b.key && a.wallet === b.wallet;
}

/** Every key under which the entries of a command may be found. */
export function keysOf({ submission }: Pending): readonly { readonly key: string; readonly wallet: string }[] {
  const { key, wallet, formerKeys = [] } = submission;
  return [key, ...formerKeys].map((one) => ({ key: one, wallet }));
}

/** Identity of a command and of its entries; no other command ever has the same. */
export function nameOf({ key, wallet }: { readonly key: string; readonly wallet: string }): string {
  return key + wallet;
}

/** What was left of budgets right after commands that counted in any, by the names of the commands. */
export async function findBudgetsOf(
  connection: { findBudgetsLeft(first: readonly Entry[]): Promise<readonly LeftAfter[]> },
  commands: readonly (readonly Entry[])[],
): Promise<ReadonlyMap<string, readonly LeftAfter[]>> {
  const mayCount = ({ service, refundOf }: Entry): boolean => service !== null || refundOf !== null;
  const first = commands.flatMap((entries) => entries.slice(0, 1)).filter(mayCount);
  if (first.length === 0) return new Map();
  const names = new Map(first.map((entry) => [`${entry.wallet} ${entry.seq}`, nameOf(entry)]));
  const left = await connection.findBudgetsLeft(first);
  return Map.groupBy(left, ({ wallet, seq }) => names.get(`${wallet} ${seq}`) ?? '');
}

/** The balances after what commands made overdue was settled, by their names, of those that made anything so. */
export async function findSettledOf(
  connection: { findSettled(last: readonly Entry[]): Promise<readonly (Balances & Pick<Entry, 'wallet' | 'seq'>)[]> },
  commands: readonly (readonly Entry[])[],
): Promise<ReadonlyMap<string, Balances>> {
  const names = new Map<string, string>();
  const last = commands.flatMap((entries) => (entries.some(mayBeSettled) ? entries.slice(-1) : []));
  if (last.length === 0) return new Map();
  for (const entry of last) names.set(`${entry.wallet} ${entry.seq}`, nameOf(entry));
  const settled = await connection.findSettled(last);
  return new Map(
    settled.map(({ wallet, seq, available, held }) => [names.get(`${wallet} ${seq}`) ?? '', { available, held }]),
  );
}

/**
 * Refuses commands that charge an event that was charged since their caller looked: no try could write them.
 * @param find those of events that were charged
 */
export async function refuseMoved(
  pendings: readonly Pending[],
  find: (
    asked: readonly { readonly wallet: string; readonly id: string }[],
  ) => Promise<readonly { readonly wallet: string; readonly id: string }[]>,
): Promise<void> {
  const asked = pendings.flatMap((pending) => {
    const { wallet, command } = pending.submission;
    return usageOf(command).map(({ id }) => ({ pending, wallet, id }));
  });
  if (asked.length === 0) return;
  const known = new Set((await find(asked)).map(({ wallet, id }) => `${wallet} ${id}`));
  for (const { pending, wallet, id } of asked) {
    if (known.has(`${wallet} ${id}`)) settle(pending, () => pending.reject(new UsageMoved()));
  }
}
