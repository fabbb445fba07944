/** An entry of a ledger as JSON: in lists, in the answers of calls that move money, and in events. */
import type { EventDataByKind } from '../core/events/kinds.ts';
import { formatCommandId, formatEntryId, formatHoldId, formatLotId, shownKey } from '../core/ids.ts';
import type { Entry } from '../core/ledger/entry.ts';
import type { Balances } from '../core/ledger/head.ts';
import type { Metadata } from '../core/ledger/entry-text.ts';
import { faceAmount } from '../core/ledger/face-amount.ts';
import { findParent } from '../core/ledger/hold-note.ts';
import type { EntryType, ServiceType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import { parseRestriction } from '../core/lots/restriction.ts';
import { viewOfRestriction, type RestrictionView } from './lots/restricted.ts';
import { viewOfPricing, type PricingView } from './pricing.ts';

export interface EntryView extends PricingView {
  readonly id: string;
  /** The same on all entries that one command wrote. */
  readonly commandId: string;
  readonly type: EntryType;
  readonly serviceType: ServiceType | null;
  readonly amountUsd: string;
  readonly availableDeltaUsd: string;
  readonly heldDeltaUsd: string;
  readonly availableAfterUsd: string;
  readonly heldAfterUsd: string;
  readonly giftCardsDelta: number;
  readonly giftCardsAvailableAfter: number;
  readonly giftCardsHeldAfter: number;
  readonly reference: string | null;
  /** Null for keys of the service's own, and for most entries of earlier versions. */
  readonly idempotencyKey: string | null;
  /** The lot that the entry opened, drew on or filled; `lotLeftUsd` is what that has left afterwards. */
  readonly lotId: string | null;
  readonly lotLeftUsd: string | null;
  /** What alone the lot that it opened may pay for; null: everything. */
  readonly restrictedTo: RestrictionView | null;
  /** The first entry of the charge that it gives back. */
  readonly refundOf: string | null;
  readonly holdId: string | null;
  /** The parent of that hold, where it has one. */
  readonly parentHoldId: string | null;
  readonly depositId: string | null;
  readonly orderId: string | null;
  /** The chain transaction of its deposit; null where there is none or it was not looked up. */
  readonly txHash: string | null;
  readonly chain: string | null;
  readonly appId: string | null;
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly description: string | null;
  readonly metadata: Metadata | null;
  readonly createdAt: string;
}

/** The JSON of an entry; `chainTransaction` is that of its deposit, where it has one. */
export function viewOfEntry(
  entry: Entry,
  chainTransaction?: { readonly chain: string; readonly txHash: string },
): EntryView {
  return {
    id: formatEntryId(entry.wallet, BigInt(entry.seq)),
    commandId: formatCommandId(entry.wallet, BigInt(entry.seq - entry.part)),
    type: entry.type,
    serviceType: entry.service,
    amountUsd: formatUsd(faceAmount(entry)),
    availableDeltaUsd: formatUsd(entry.availableDelta),
    heldDeltaUsd: formatUsd(entry.heldDelta),
    availableAfterUsd: formatUsd(entry.available),
    heldAfterUsd: formatUsd(entry.held),
    giftCardsDelta: entry.giftDelta,
    giftCardsAvailableAfter: entry.giftAvailable,
    giftCardsHeldAfter: entry.giftHeld,
    idempotencyKey: shownKey(entry.key, entry.idempotencyKey),
    lotId: entry.lot === null ? null : formatLotId(entry.wallet, BigInt(entry.lot)),
    lotLeftUsd: entry.lotLeft === null ? null : formatUsd(entry.lotLeft),
    restrictedTo: entry.restrictedTo === null ? null : viewOfRestriction(parseRestriction(entry.restrictedTo)),
    refundOf: entry.refundOf === null ? null : formatEntryId(entry.wallet, BigInt(entry.refundOf)),
    holdId: entry.hold === null ? null : formatHoldId(entry.wallet, BigInt(entry.hold)),
    parentHoldId: parentOf(entry),
    depositId: entry.deposit,
    orderId: entry.packOrder,
    txHash: chainTransaction?.txHash ?? null,
    chain: chainTransaction?.chain ?? null,
    ...viewOfPricing(entry),
    ...viewOfNotes(entry),
    createdAt: new Date(entry.atMs).toISOString(),
  };
}

function parentOf({ wallet, hold, description }: Entry): string | null {
  const parent = hold === null ? undefined : findParent(description);
  return parent === undefined ? null : formatHoldId(wallet, BigInt(parent));
}

/** What the caller of a command noted with it. */
export type NotesView = Pick<EntryView, 'reference' | 'description' | 'appId' | 'userId' | 'teamId' | 'metadata'>;

/** The notes on an entry. */
export function viewOfNotes(entry: Entry): NotesView {
  return {
    reference: entry.reference,
    description: entry.text?.description ?? entry.description,
    appId: entry.appId,
    userId: entry.userId,
    teamId: entry.teamId,
    metadata: entry.text?.metadata ?? null,
  };
}

/** The data of the event `entry.created`: the JSON of the entry without its lot, parent, charge, time and transaction. */
export function entryEventData(entry: Entry): EventDataByKind['entry.created'] {
  const view = viewOfEntry(entry);
  const { id, lotId: _lot, lotLeftUsd: _left, restrictedTo: _for, parentHoldId: _parent, ...more } = view;
  const { txHash: _hash, chain: _chain, createdAt: _at, refundOf: _of, ...shared } = more;
  return { entryId: id, ...shared };
}

/** The part of the answer of every call that moves money that shows the entries it wrote. */
export interface OutcomeView {
  readonly availableUsd: string;
  readonly heldUsd: string;
  readonly entries: EntryView[];
  readonly idempotencyKey: string;
}

/**
 * The JSON of the entries that a call wrote, with the first and the last of them.
 * @throws Error when there are no entries: such a call writes at least one.
 */
export function viewOfOutcome(
  entries: readonly Entry[],
  idempotencyKey: string,
): { readonly first: Entry; readonly shown: EntryView; readonly last: Entry; readonly outcome: OutcomeView } {
  const [first] = entries;
  const last = entries.at(-1);
  const views = entries.map((entry) => viewOfEntry(entry));
  const [shown] = views;
  if (!first || !last || !shown) throw new Error('a call that moves money wrote no entry');
  return { first, shown, last, outcome: { ...viewOfBalances(last), entries: views, idempotencyKey } };
}

/** The balances in the answer of a call that moves money. */
export function viewOfBalances({ available, held }: Balances): Pick<OutcomeView, 'availableUsd' | 'heldUsd'> {
  return { availableUsd: formatUsd(available), heldUsd: formatUsd(held) };
}
