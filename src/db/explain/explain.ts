/** Why the ledger accepted or refused a command: the rule run again on the head that the wallet had then. */
import { nearestChanges, type Change, type Others } from '../../core/explain/changes.ts';
import { judge, movesAlike, type Situation } from '../../core/explain/judge.ts';
import { withRefusingBudget } from '../../core/explain/refusing-budget.ts';
import { pricesOf, retrace } from '../../core/explain/retrace.ts';
import type { KeptRefusal } from '../../core/explain/kept-refusal.ts';
import { holdsNamedBy, OPEN_HOLDS_MAX, type Command } from '../../core/ledger/commands.ts';
import { findParent } from '../../core/ledger/hold-note.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Head, LotTerms } from '../../core/ledger/head.ts';
import type { RefundableCharge } from '../../core/refunds/refund.ts';
import type { Database } from '../database.ts';
import { findEntry, findLastSeqBefore, listByKeys } from '../ledger/entries.ts';
import { sumHeld } from '../ledger/holds.ts';
import { readTerms } from '../ledger/heads.ts';
import { listPricesFor } from '../pricing/prices.ts';
import { findCharge } from '../refunds/charges.ts';
import { chargeNamedBy } from '../refunds/named-charges.ts';
import { count, findRow } from '../rows.ts';
import { readHeadThen, type HeadThen } from './head-then.ts';

/** What was decided, on what, and what would have turned it round. */
export interface DecisionMade {
  readonly wallet: string;
  readonly command: Command;
  readonly atMs: number;
  /** The entries that the command wrote; none where it was refused. */
  readonly entries: readonly Entry[];
  readonly refusal: KeptRefusal | undefined;
  /** The head before it, its frozen lots, and how that head was found; undefined where the wallet has no such entry. */
  readonly ground: HeadThen | undefined;
  /** Whether the rule says the same again; null where it was not the rule that refused. */
  readonly isReproduced: boolean | null;
  readonly changes: readonly Change[];
  /** Terms of the lots that the entries name. */
  readonly terms: ReadonlyMap<number, LotTerms>;
}

/** Why an entry was written: the whole command that it belongs to. Undefined when the wallet has no such entry. */
export async function explainEntry(db: Database, wallet: string, seq: number): Promise<DecisionMade | undefined> {
  const entry = await findEntry(db, wallet, seq);
  if (!entry) return undefined;
  const entries = await listByKeys(db, wallet, [entry.key]);
  const [first, last] = [entries[0] ?? entry, entries.at(-1) ?? entry];
  const terms = await readTerms(db, wallet, [...new Set(entries.flatMap(({ lot }) => lot ?? []))]);
  const { hold } = first;
  const holdLeftMicros = hold === null ? 0n : await sumHeld(db, { wallet, hold, untilSeq: last.seq });
  const command = retrace(entries, { terms, holdLeftMicros });
  const parent = findParent(first.description);
  const opened = parent === undefined ? [] : [parent];
  const holds = hold === null || hold === first.seq ? opened : [hold];
  const { atMs } = first;
  const ground = await readHeadThen(db, {
    wallet,
    beforeSeq: first.seq,
    atMs,
    holds,
    endsHolds: command.op === 'settle',
  });
  const charge = await findChargeThen(db, command, { wallet, beforeSeq: first.seq });
  const situation = ground && situationOf(ground, { command, atMs, charge, prices: pricesOf(first) });
  const verdict = situation && judge(situation);
  // What was overdue together was settled together: the entries in question are some of those.
  const again = verdict?.entries?.filter((one) => entries.some((written) => written.seq === one.seq));
  const isReproduced = again !== undefined && movesAlike(again, entries);
  const changes = situation && isReproduced && command.op !== 'settle' ? nearestChanges(situation, true) : [];
  return { wallet, command, atMs, entries, refusal: undefined, ground, isReproduced, changes, terms };
}

/**
 * Why a command was refused.
 * @param db sees the prices of the org that the refusal is of
 */
export async function explainRefusal(db: Database, wallet: string, kept: KeptRefusal): Promise<DecisionMade> {
  const { command, judged, by, org } = kept;
  const atMs = judged?.atMs ?? kept.atMs;
  const lastSeq = judged?.seq ?? (await findLastSeqBefore(db, wallet, new Date(kept.atMs)));
  const holds = holdsNamedBy(command);
  const isFull = command.op === 'hold' && kept.code === 'RATE_LIMITED';
  const openHolds = isFull ? (command.openMax ?? OPEN_HOLDS_MAX) : undefined;
  const which = { wallet, beforeSeq: lastSeq + 1, atMs, holds, openHolds };
  const ground = await readHeadThen(db, which);
  const prices =
    'priced' in command && command.priced
      ? await listPricesFor(db, { org, action: command.priced.action, atMs })
      : undefined;
  const charge = await findChargeThen(db, command, which);
  const situation = ground && asRefused(situationOf(ground, { command, atMs, charge, prices }), kept);
  const isReproduced = by === 'rule' ? situation !== undefined && isRefusedSo(situation, kept) : null;
  const others: Others = {
    suspended: by === 'suspension',
    beforeClosing: kept.code === 'HOLD_NOT_PENDING' ? await findBeforeClosing(db, which, command) : undefined,
  };
  const mayTurn = situation !== undefined && (isReproduced === true || by === 'suspension');
  const changes = mayTurn ? nearestChanges(situation, false, others) : [];
  return { wallet, command, atMs, entries: [], refusal: kept, ground, isReproduced, changes, terms: new Map() };
}

/** Whether the rule refuses a command in the same words. */
function isRefusedSo(situation: Situation, { code, message }: KeptRefusal): boolean {
  const refused = judge(situation).refusal;
  return refused?.code === code && refused.message === message;
}

/** The situation with the budget that refused the command, where that was changed since. */
function asRefused(situation: Situation, kept: KeptRefusal): Situation {
  const { budget } = kept;
  if (budget === null || isRefusedSo(situation, kept)) return situation;
  const { head, atMs } = situation;
  const budgets = withRefusingBudget(head.budgets, budget, Math.max(atMs, head.atMs));
  return { ...situation, head: { ...head, budgets } };
}

function situationOf(
  { head, frozen }: { readonly head: Head; readonly frozen: ReadonlySet<number> },
  about: Pick<Situation, 'command' | 'atMs' | 'prices' | 'charge'>,
): Situation {
  return { head, frozen, ...about };
}

/** The charge that a command gives back, as it was before an entry of the wallet. */
async function findChargeThen(
  db: Database,
  command: Command,
  { wallet, beforeSeq }: { readonly wallet: string; readonly beforeSeq: number },
): Promise<RefundableCharge | undefined> {
  const charge = chargeNamedBy(command);
  return charge === undefined ? undefined : findCharge(db, wallet, { charge, beforeSeq });
}

/** The same command on the wallet before its hold was closed; undefined where there was no such hold. */
async function findBeforeClosing(
  db: Database,
  {
    wallet,
    beforeSeq,
    holds,
  }: { readonly wallet: string; readonly beforeSeq: number; readonly holds: readonly number[] },
  command: Command,
): Promise<Situation | undefined> {
  const [hold] = holds;
  if (hold === undefined) return undefined;
  const closing = await findRow(
    db,
    (row) => ({ first: count(row['first']), atMs: count(row['at_ms']) }),
    `SELECT (seq - part)::text AS first, ((extract(epoch FROM at) * 1000)::bigint)::text AS at_ms FROM entry
     WHERE wallet = ? AND hold = ? AND seq < ? ORDER BY seq DESC LIMIT 1`,
    [wallet, hold, beforeSeq],
  );
  if (!closing || closing.first === hold) return undefined;
  const { atMs } = closing;
  const ground = await readHeadThen(db, { wallet, beforeSeq: closing.first, atMs, holds });
  return ground && situationOf(ground, { command, atMs });
}
