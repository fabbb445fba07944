/** Why the ledger decided as it did, as JSON and in sentences. */
import type { Change } from '../../core/explain/changes.ts';
import type { KeptRefusal } from '../../core/explain/kept-refusal.ts';
import { formatEntryId, formatLotId } from '../../core/ids.ts';
import type { Command } from '../../core/ledger/commands.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { debtOf, type LotTerms } from '../../core/ledger/head.ts';
import { holdTypes } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { formatQuantity } from '../../core/pricing/rate.ts';
import type { DecisionMade } from '../../db/explain/explain.ts';
import { viewOfEntry, type EntryView } from '../entry.ts';
import { viewOfPricing, type PricingView } from '../pricing.ts';

/** A change that would have turned the decision round. */
export interface ChangeView {
  readonly change:
    | 'available'
    | 'amount'
    | 'budget'
    | 'quantity'
    | 'time'
    | 'openHolds'
    | 'overrun'
    | 'frozen'
    | 'restricted'
    | 'suspension';
  /** For `available`, `amount` and `budget`: by how much, signed. */
  readonly byUsd: string | null;
  /** For `quantity`: by how much, signed. */
  readonly byQuantity: string | null;
  /** For `time`: so much earlier. */
  readonly earlierSeconds: number | null;
  readonly text: string;
}

export interface ExplanationView {
  readonly outcome: 'accepted' | 'refused';
  readonly operation: Command['op'];
  readonly at: string;
  /** For people. */
  readonly explanation: string;
  readonly refusal: (Pick<KeptRefusal, 'code' | 'message'> & { readonly by: KeptRefusal['by'] }) | null;
  readonly changes: readonly ChangeView[];
  /** Null where the ledger has no such state. */
  readonly before: {
    /** The last entry before the decision; null when there was none. */
    readonly entryId: string | null;
    readonly availableUsd: string;
    readonly heldUsd: string;
    readonly debtUsd: string;
    readonly frozenUsd: string;
    readonly freeGiftCards: number;
  } | null;
  /** Whether the rule, run again on that state, decided the same; null where it was not the rule that refused. */
  readonly reproduced: boolean | null;
  /** How the state was found: from so many entries; `complete`: what was left in each lot is known. */
  readonly state: { readonly complete: boolean; readonly entriesRead: number };
  readonly lots: readonly LotUseView[];
  readonly price: PricingView;
  readonly asked: {
    readonly actor: string | null;
    readonly requestId: string | null;
    readonly idempotencyKey: string | null;
    readonly appId: string | null;
    readonly userId: string | null;
    readonly teamId: string | null;
  };
  readonly entries: readonly EntryView[];
}

/** What the command did to a lot. */
export interface LotUseView {
  readonly lotId: string;
  readonly source: LotTerms['source'] | null;
  readonly promotional: boolean;
  readonly expiresAt: string | null;
  /** What the available credit in it changed by, signed. */
  readonly deltaUsd: string;
  readonly leftUsd: string;
}

/** The JSON of an explanation. */
export function viewOfExplanation(explained: DecisionMade): ExplanationView {
  const { command, atMs, entries, refusal, ground, isReproduced } = explained;
  const changes = explained.changes.map((change) => viewOfChange(change, refusal === undefined));
  const [first] = entries;
  return {
    outcome: refusal ? 'refused' : 'accepted',
    operation: command.op,
    at: new Date(atMs).toISOString(),
    explanation: sentencesOf(explained, changes),
    refusal: refusal ? { code: refusal.code, message: refusal.message, by: refusal.by } : null,
    changes,
    before: beforeOf(explained),
    reproduced: isReproduced,
    state: { complete: ground?.isComplete ?? false, entriesRead: ground?.entriesRead ?? 0 },
    lots: lotsOf(explained),
    price: first ? viewOfPricing(first) : NO_PRICE,
    asked: askedOf(explained, first),
    entries: entries.map((entry) => viewOfEntry(entry)),
  };
}

const NO_PRICE: PricingView = { action: null, quantity: null, price: null };

function askedOf({ refusal, command }: DecisionMade, first: Entry | undefined): ExplanationView['asked'] {
  const notes = 'notes' in command ? command.notes : undefined;
  const named = first ? viewOfEntry(first) : undefined;
  return {
    actor: refusal?.actor ?? null,
    requestId: refusal?.requestId ?? null,
    idempotencyKey: named?.idempotencyKey ?? refusal?.idempotencyKey ?? null,
    appId: named?.appId ?? notes?.appId ?? null,
    userId: named?.userId ?? notes?.userId ?? null,
    teamId: named?.teamId ?? notes?.teamId ?? null,
  };
}

function beforeOf({ wallet, ground }: DecisionMade): ExplanationView['before'] {
  if (!ground) return null;
  const { head, frozen } = ground;
  const frozenMicros = head.lots.reduce((sum, { lot, left }) => (frozen.has(lot) ? sum + left : sum), 0n);
  return {
    entryId: head.seq === 0 ? null : formatEntryId(wallet, BigInt(head.seq)),
    availableUsd: formatUsd(head.available),
    heldUsd: formatUsd(head.held),
    debtUsd: formatUsd(debtOf(head)),
    frozenUsd: formatUsd(frozenMicros),
    freeGiftCards: head.giftAvailable,
  };
}

function lotsOf({ wallet, entries, terms }: DecisionMade): LotUseView[] {
  const uses = new Map<number, { delta: bigint; left: bigint }>();
  for (const { lot, lotLeft, availableDelta } of entries) {
    if (lot === null) continue;
    uses.set(lot, { delta: (uses.get(lot)?.delta ?? 0n) + availableDelta, left: lotLeft ?? 0n });
  }
  return [...uses].map(([lot, { delta, left }]) => {
    const of = terms.get(lot);
    const endsAtMs = of?.expiresAtMs ?? null;
    return {
      lotId: formatLotId(wallet, BigInt(lot)),
      source: of?.source ?? null,
      promotional: of?.promotional ?? false,
      expiresAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
      deltaUsd: formatUsd(delta),
      leftUsd: formatUsd(left),
    };
  });
}

function viewOfChange(change: Change, accepted: boolean): ChangeView {
  const view = { byUsd: null, byQuantity: null, earlierSeconds: null, text: textOf(change, accepted) };
  if (change.of === 'available' || change.of === 'amount' || change.of === 'budget') {
    return { ...view, change: change.of, byUsd: formatUsd(change.byMicros) };
  }
  if (change.of === 'quantity') return { ...view, change: change.of, byQuantity: signedQuantity(change.by) };
  if (change.of === 'time') return { ...view, change: change.of, earlierSeconds: change.earlierMs / 1_000 };
  return { ...view, change: change.of };
}

function signedQuantity(by: bigint): string {
  return by < 0n ? `-${formatQuantity(-by)}` : formatQuantity(by);
}

const WITHOUT_SIZE = {
  openHolds: 'with fewer open holds',
  overrun: 'with allowOverrun',
  frozen: 'if no lot were frozen',
  restricted: 'if no credit were restricted',
  suspension: 'if the org were not suspended',
} as const;

function textOf(change: Change, accepted: boolean): string {
  return `${accepted ? 'refused' : 'accepted'} ${circumstanceOf(change)}`;
}

function circumstanceOf(change: Change): string {
  if (change.of === 'available') {
    return `with ${sizeOf(change.byMicros)} USD ${change.byMicros < 0n ? 'less' : 'more'} available`;
  }
  if (change.of === 'amount') return `for ${sizeOf(change.byMicros)} USD ${change.byMicros < 0n ? 'less' : 'more'}`;
  if (change.of === 'budget') return `with ${sizeOf(change.byMicros)} USD more in the budget`;
  if (change.of === 'quantity') {
    return `for a quantity of ${signedQuantity(change.by).replace('-', '')} ${change.by < 0n ? 'less' : 'more'}`;
  }
  if (change.of === 'time') return `${change.earlierMs / 1_000} s earlier, while the hold was open`;
  return WITHOUT_SIZE[change.of];
}

function sizeOf(micros: bigint): string {
  return formatUsd(micros < 0n ? -micros : micros);
}

/** The whole explanation in sentences. */
function sentencesOf(explained: DecisionMade, changes: readonly ChangeView[]): string {
  const { refusal, ground, isReproduced } = explained;
  const decided = refusal ? `Refused: ${refusal.message}.` : `${nameOf(explained)}: accepted.`;
  const on = ground && `Before it, ${formatUsd(ground.head.available)} USD were available.`;
  const again =
    isReproduced === false
      ? 'The rule could not be shown to decide the same on what is known of the state before it.'
      : undefined;
  const partly =
    ground && !ground.isComplete
      ? `What each lot had left is not known: the last ${ground.entriesRead} entries before it do not name all lots.`
      : undefined;
  const nearest = changes[0] && `It would have been ${changes[0].text}.`;
  return [decided, on, again, partly, nearest].filter((one) => one !== undefined).join(' ');
}

function nameOf({ command, wallet }: DecisionMade): string {
  if (command.op === 'hold') return holdTypes(command.service).open;
  if (command.op === 'credit' && command.refundOf !== undefined) {
    return `${command.type} of the charge ${formatEntryId(wallet, BigInt(command.refundOf))}`;
  }
  if ('type' in command) return command.type;
  return 'hold' in command ? `${command.op} of hold ${command.hold}` : 'what was overdue';
}
